package dev.invitepacer.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Channel;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;

/** The room's own code over a store that is given to it. */
public final class OpenDelivery {
    private final Completion completion;

    /** @param chance of the jitter */
    public OpenDelivery(
            Session entities,
            Accounts accounts,
            Tasks tasks,
            Aftermath aftermath,
            Journal journal,
            ServiceClock clock,
            DoubleSupplier chance) {
        completion = new Completion(entities, accounts, tasks, aftermath, journal, clock) {
            @Override
            double chance() {
                return chance.getAsDouble();
            }
        };
    }

    /** A try to hand a task over. */
    public record Call(UUID token, Channel channel, String lane, HandOver work) {}

    /** When the run was ended; empty where it was no longer its holder's. */
    public Optional<Instant> complete(Call call, Outcome outcome, boolean isRepeatable, Duration took) {
        return completion.complete(
                new Run(call.token(), call.channel(), call.lane(), call.work()), outcome, isRepeatable, took);
    }

    public static Call call(Task task, UUID token) {
        return new Call(
                token,
                Channel.valueOf(task.lane.split(":", 2)[0]),
                task.lane,
                new HandOver(
                        task.id,
                        task.kind,
                        task.account,
                        task.invitation,
                        task.attempt,
                        task.tries,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        task.reason,
                        null,
                        task.openedAt,
                        task.lane));
    }

    /** One process' lanes. */
    public static final class OpenLanes {
        private final Lanes lanes = new Lanes(16, 4);

        public Map<String, Integer> offer(List<String> due, Instant now) {
            return lanes.offer(due, now);
        }

        public void began(String lane) {
            lanes.began(lane);
        }

        public void ended(String lane) {
            lanes.ended(lane);
        }

        /** What an outcome says of its lane. */
        public void heed(String lane, Outcome outcome, Instant now) {
            if (outcome instanceof Outcome.Refused refused && refused.reach() == Outcome.Reach.LANE) {
                lanes.refused(lane, refused.until(), now);
            } else if (outcome instanceof Outcome.InDoubt
                    || outcome instanceof Outcome.Refused refused && !refused.isReport()) {
                lanes.failed(lane, now);
            } else {
                lanes.succeeded(lane);
            }
        }
    }
}
