package dev.invitepacer.release;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.pacing.Shares;

/**
 * What one look at an account comes to.
 *
 * @param after its state afterwards
 * @param choice whose turn it is; empty where nothing may go
 * @param chosen the draft whose turn it is; empty likewise
 * @param next its next decision
 */
record Look(
        Situation before,
        AccountState after,
        Optional<Shares.Choice> choice,
        Optional<Candidate> chosen,
        Decision next) {

    static Look at(Situation situation, Instant now) {
        Decision decision = Pacer.decide(situation.limits(), situation.state(), now);
        if (!(decision instanceof Decision.Release)) {
            return new Look(situation, situation.state(), Optional.empty(), Optional.empty(), decision);
        }
        Shares.Choice choice = situation.line().choose();
        AccountState after = Pacer.afterRelease(situation.limits(), situation.state(), now);
        return new Look(
                situation,
                after,
                Optional.of(choice),
                Optional.of(situation.line().of(choice)),
                Pacer.decide(situation.limits(), after, now));
    }

    /** The same where the chosen draft did not go: nothing has happened, and the account is looked at again. */
    Look again() {
        return new Look(before, before.state(), Optional.empty(), Optional.empty(), new Decision.Release());
    }

    /** The same, looked at again at {@code sooner} at the latest. */
    Look again(Instant sooner) {
        return new Look(before.soonerAt(sooner), after, choice, chosen, next);
    }

    String account() {
        return before.account();
    }

    boolean isRelease() {
        return chosen.isPresent();
    }

    /** Whether the chosen draft has a note, and goes without it. */
    boolean isBare() {
        return before.line().isBare() && chosen.orElseThrow().isNoted();
    }

    /** Whether the release uses up one of the month's notes. */
    boolean usesNote() {
        return !before.line().isBare() && chosen.orElseThrow().isNoted();
    }

    /** The bucket to keep; none where nothing was ever released. */
    Optional<Bucket> bucket() {
        return Optional.of(after.bucket()).filter(bucket -> !bucket.equals(Bucket.full()));
    }

    /** When the account is looked at again; null where something has to change first. */
    Instant dueAt(Instant now) {
        if (next instanceof Decision.Wait wait) {
            return before.soonerAt()
                    .filter(sooner -> sooner.isBefore(wait.until()))
                    .orElse(wait.until());
        }
        return next instanceof Decision.Release || isQueueInDoubt() ? now : null;
    }

    /** The state after a release knows of no draft that may go later; where there is any, a second look does. */
    private boolean isQueueInDoubt() {
        return isRelease() && !before.line().isLast() && next.equals(new Decision.Hold(Reason.QUEUE_EMPTY));
    }

    /** Why nothing is released next; null where something is. */
    String reason() {
        if (next instanceof Decision.Wait wait) {
            return wait.reason().name();
        }
        return next instanceof Decision.Hold hold ? hold.reason().name() : null;
    }

    /** Why nothing is released until something changes; null where it is looked at again, sooner or later. */
    String held() {
        return next instanceof Decision.Hold hold && !isQueueInDoubt()
                ? hold.reason().name()
                : null;
    }
}
