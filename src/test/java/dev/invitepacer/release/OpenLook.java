package dev.invitepacer.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Shares;

/** The room's own look at an account, over values that are given to it. */
public final class OpenLook {
    private final Look look;
    private final Instant now;

    private OpenLook(Look look, Instant now) {
        this.look = look;
        this.now = now;
    }

    /** A campaign's first draft that may go. */
    public record First(Shares.Campaign campaign, long invitation) {}

    /**
     * @param gone campaigns that were in line and have nothing that may go
     * @param time the account's virtual time
     * @param isLast whether nothing else is queued than what may go
     * @param soonerAt when time alone may bring the next release forward
     */
    public static OpenLook at(
            String account,
            AccountSettings settings,
            Limits limits,
            AccountState state,
            List<First> firsts,
            List<Shares.Campaign> gone,
            long time,
            boolean isLast,
            Optional<Instant> soonerAt,
            Instant now) {
        List<Candidate> candidates = firsts.stream()
                .map(first -> new Candidate(first.campaign(), first.invitation(), "", false))
                .toList();
        Situation situation = new Situation(
                account,
                settings,
                limits,
                state,
                new Line(candidates, gone, time, false, isLast),
                false,
                Optional.empty(),
                Optional.empty(),
                soonerAt,
                null,
                now,
                false);
        return new OpenLook(Look.at(situation, now), now);
    }

    public Optional<Long> chosen() {
        return look.chosen().map(Candidate::invitation);
    }

    public Optional<Shares.Choice> choice() {
        return look.choice();
    }

    public Decision next() {
        return look.next();
    }

    public Optional<Bucket> bucket() {
        return look.bucket();
    }

    public Instant dueAt() {
        return look.dueAt(now);
    }

    public String reason() {
        return look.reason();
    }
}
