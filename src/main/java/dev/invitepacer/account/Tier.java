package dev.invitepacer.account;

import java.util.OptionalInt;

/**
 * The LinkedIn membership of an account, as far as it limits invitations.
 *
 * <p>LinkedIn allows 200 characters of note to a free membership and 300 to any Premium one. The count is in UTF-16
 * units, which is what a browser's text field counts: code points and graphemes are never more, so a note within the
 * limit is within it by those counts too.
 */
public enum Tier {
    /** A free membership. */
    BASIC(200, OptionalInt.of(3)),
    /** Any paid membership: Career, Business, Sales Navigator, Recruiter. */
    PREMIUM(300, OptionalInt.empty());

    private final int noteLimit;
    private final OptionalInt noteQuota;

    Tier(int noteLimit, OptionalInt noteQuota) {
        this.noteLimit = noteLimit;
        this.noteQuota = noteQuota;
    }

    /** The longest note that LinkedIn takes, in UTF-16 units, with each line break counted as one. */
    public int noteLimit() {
        return noteLimit;
    }

    /**
     * The personalised notes of a calendar month; empty for any number. LinkedIn's help page says five for a free
     * membership, most reports say three.
     */
    public OptionalInt noteQuota() {
        return noteQuota;
    }
}
