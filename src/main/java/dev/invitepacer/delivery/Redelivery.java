package dev.invitepacer.delivery;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.invitepacer.journal.Journal;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Drives a hand-over anew because somebody asks for it. */
@ApplicationScoped
class Redelivery {
    private final List<Sender> senders;
    private final Tasks tasks;
    private final Journal journal;

    Redelivery(@All List<Sender> senders, Tasks tasks, Journal journal) {
        this.senders = senders;
        this.tasks = tasks;
        this.journal = journal;
    }

    /**
     * Lets an open task that nobody holds be handed over at once: whoever has it, or may have it, is asked again, else the
     * account's channel. The caller holds the locks of account and task.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 where people do it, or where it could be done twice
     */
    void begin(Task task, String actor, Instant now) {
        String lane = task.isWithSender() ? task.lane : tasks.laneOf(task.account);
        if (lane == null) {
            throw Problem.of(
                    Code.TASK_BY_HAND,
                    "The account's channel is INBOX: people do its tasks. Set another channel, and the task goes there.");
        }
        if (task.isWithSender() && !mayBeAskedAgain(task.lane)) {
            throw Problem.of(
                    Code.TASK_IN_DOUBT,
                    "The task may have been done, and " + task.lane
                            + " could do it a second time. Look at LinkedIn, and"
                            + " report what you see with POST /api/v1/tasks/" + task.id + "/report.");
        }
        task.deliverAgain(lane, now);
        journal.tell(
                task.account,
                task.invitation,
                now,
                "invitation.hand-over-asked",
                actor,
                Map.of("task", task.id, "kind", task.kind, "lane", lane));
        tasks.tellOpened();
    }

    private boolean mayBeAskedAgain(String lane) {
        return senders.stream()
                .filter(sender -> sender.channel().name().equals(lane.split(":", 2)[0]))
                .anyMatch(Sender::mayBeAskedAgain);
    }
}
