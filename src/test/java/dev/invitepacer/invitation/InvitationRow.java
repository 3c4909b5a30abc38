package dev.invitepacer.invitation;

import dev.invitepacer.config.PacerConfig;

/** What the simulator's store does with {@link Invitation} as a row. */
public final class InvitationRow {
    private InvitationRow() {}

    public static Invitation added(String account, long id, String profile) {
        Invitation added = new Invitation();
        added.account = account;
        added.id = id;
        added.profile = profile;
        added.degree = 2;
        return added;
    }

    public static Invitation copy(Invitation of) {
        Invitation copy = added(of.account, of.id, of.profile);
        copy.degree = of.degree;
        copy.priority = of.priority;
        copy.campaign = of.campaign;
        copy.source = of.source;
        copy.notBefore = of.notBefore;
        copy.lapsesAt = of.lapsesAt;
        copy.keep = of.keep;
        copy.withdrawal = of.withdrawal;
        copy.state = of.state;
        copy.attempt = of.attempt;
        copy.queuedAt = of.queuedAt;
        copy.releasedAt = of.releasedAt;
        copy.sentAt = of.sentAt;
        copy.pendingSince = of.pendingSince;
        copy.endedAt = of.endedAt;
        copy.cooldownUntil = of.cooldownUntil;
        copy.secondTryOf = of.secondTryOf;
        copy.sentBare = of.sentBare;
        return copy;
    }

    /** For accounts that want no second try: there it reads nothing. */
    public static SecondTries noSecondTries(PacerConfig config) {
        return new SecondTries(null, null, null, null, null, config);
    }
}
