package dev.invitepacer.account;

/** How an account's tasks reach its sender. */
public enum Channel {
    /** A person works through a task list. */
    INBOX,
    /** The team's own tooling, at an address that is called. */
    WEBHOOK,
    /** LinkedIn's API for approved partners. */
    LINKEDIN
}
