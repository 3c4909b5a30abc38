package dev.invitepacer.webhook;

/** Fired, in the transaction, when an endpoint that was off is turned on: what waits for it can go. */
public record EndpointIsOn(String endpoint) {}
