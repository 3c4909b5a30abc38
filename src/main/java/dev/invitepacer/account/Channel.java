package dev.invitepacer.account;

/** How an account's tasks reach its sender. */
public enum Channel {
    /** A person works through a task list. */
    INBOX
}
