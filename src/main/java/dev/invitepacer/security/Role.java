package dev.invitepacer.security;

/** What a key is for. {@code docs/reference/roles.md} tells what each may do. */
public enum Role {
    /** Everything, of all accounts. */
    ADMIN,
    /** Everything of its accounts, their settings too. */
    OWNER,
    /** For programs that bring drafts and reports: enqueues, imports, reads and reports. */
    INTEGRATOR,
    /** For whoever sends: tasks, and reports of them. */
    SENDER,
    /** Reads. */
    READER
}
