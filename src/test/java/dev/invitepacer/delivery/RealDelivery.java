package dev.invitepacer.delivery;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Channel;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;

/** The room's own transactions on the database of the service that runs: opens what only this room sees. */
public final class RealDelivery {
    private static final Set<Channel> CHANNELS = Set.of(Channel.WEBHOOK, Channel.LINKEDIN);
    private static final Set<Channel> AGAIN = Set.of(Channel.WEBHOOK);

    private final Runs runs = bean(Runs.class);
    private final OpenDelivery delivery;

    /** @param chance of the jitter */
    public RealDelivery(DoubleSupplier chance) {
        this.delivery = new OpenDelivery(
                bean(Session.class),
                bean(Accounts.class),
                bean(Tasks.class),
                bean(Aftermath.class),
                bean(Journal.class),
                bean(ServiceClock.class),
                chance);
    }

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    /** The lanes on which something is due, and what was claimed of it. */
    public record Claimed(boolean wereDue, List<OpenDelivery.Call> calls) {}

    /** As the loop does it: asks what is due, offers places, and claims; each in a transaction of its own. */
    public Claimed claim(OpenDelivery.OpenLanes lanes) {
        Runs.Due due = runs.due(CHANNELS);
        if (due.lanes().isEmpty()) {
            return new Claimed(false, List.of());
        }
        Map<String, Integer> places = lanes.offer(due.lanes(), due.now());
        return new Claimed(
                true,
                places.isEmpty()
                        ? List.of()
                        : runs.claim(places, AGAIN, due.now()).stream()
                                .map(run -> new OpenDelivery.Call(run.token(), run.channel(), run.lane(), run.work()))
                                .toList());
    }

    public boolean begin(OpenDelivery.Call call) {
        return runs.begin(run(call));
    }

    public void renew(Collection<OpenDelivery.Call> held) {
        if (!held.isEmpty()) {
            runs.renew(held.stream().map(RealDelivery::run).toList());
        }
    }

    /** @param isAgainAlways a bug that is put in on purpose: what may not be asked again is asked again */
    public int sweep(boolean isAgainAlways) {
        return runs.sweep(isAgainAlways ? CHANNELS : AGAIN);
    }

    public Optional<Instant> complete(OpenDelivery.Call call, Outcome outcome, boolean isRepeatable, Duration took) {
        return QuarkusTransaction.requiringNew().call(() -> delivery.complete(call, outcome, isRepeatable, took));
    }

    private static Run run(OpenDelivery.Call call) {
        return new Run(call.token(), call.channel(), call.lane(), call.work());
    }
}
