package dev.invitepacer.account;

/** Which endpoints there are. The webhooks' room knows; an account must not know that room. */
public interface EndpointNames {
    /** Whether there is one of this name; if so it stays until the caller's transaction ends. */
    boolean holds(String endpoint);
}
