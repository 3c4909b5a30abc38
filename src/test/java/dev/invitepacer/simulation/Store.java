package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.delivery.OpenDelivery.Call;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.report.Report;

/**
 * What keeps the accounts of a world, and runs the service's transactions on them. Each is {@link Work}: made here, and led a
 * step at a time by the world, which hears of every commit by {@link World#committed}.
 */
interface Store extends AutoCloseable {
    Rows add(String account, AccountSettings settings);

    /** The service's time from here on. */
    void timeIs(Instant now);

    /** Null, as with {@link #night} and {@link #lapse}, where the replica is at it already. */
    Work look(Rows rows, Replica replica);

    Work night(Rows rows, Replica replica);

    Work lapse(Rows rows, Replica replica);

    Work enqueue(Rows rows, List<Service.Draft> drafts);

    /** @param task null where it is told of the invitation or of the person */
    Work report(Rows rows, Report report, Long task);

    Work change(Rows rows, AccountSettings settings);

    /** @param until null for as long as nobody resumes it */
    Work pause(Rows rows, Instant until);

    Work resume(Rows rows);

    Work cancel(Rows rows, long invitation);

    /** Resumes the account, and changes its settings from what they are then. */
    Work calm(Rows rows, UnaryOperator<AccountSettings> settings);

    /** Keeps the runs of this replica, and takes over those that are over. */
    Work sweep(Replica replica);

    /** Claims what is due on the lanes that the replica offers; the calls come in the order in which they begin. */
    Work claim(Replica replica, Consumer<Claimed> claimed);

    /** @param wereDue whether anything was due, on whatever lane */
    record Claimed(boolean wereDue, List<Call> calls) {}

    /** Writes down that a call goes out now; false where the run is lost. */
    Work begin(Rows rows, Replica replica, Call call, Consumer<Boolean> begun);

    /** Ends a run with its outcome, and says when; nothing where it was no longer its holder's. */
    Work complete(
            Rows rows,
            Replica replica,
            Call call,
            Outcome outcome,
            boolean isRepeatable,
            Consumer<Optional<Instant>> ended);

    boolean canStep(Work work);

    void step(Work work);

    /** Its process is gone. */
    void undo(Work work);

    @Override
    void close();
}
