package dev.invitepacer.account;

/** What happens to a draft with a note when the month's personalised notes are used up. */
public enum OnNoteQuota {
    /** It waits for the next month. */
    HOLD,
    /** It goes without its note, and its history says so. */
    SEND_BARE,
    /** It is not enqueued. */
    REFUSE
}
