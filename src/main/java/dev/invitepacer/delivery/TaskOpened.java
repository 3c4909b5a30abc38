package dev.invitepacer.delivery;

/** Tasks were opened, or may be tried again; whoever hands over looks once the transaction is committed. */
public record TaskOpened() {}
