/**
 * Calls to addresses that callers name: endpoints, their secrets and signatures, and the one client that goes there. Knows
 * {@code account}, because an endpoint that accounts use stays.
 *
 * <p>Guarantees: the address that is connected to has passed the {@link dev.invitepacer.webhook.AddressGuard}, on every
 * try; redirects are not followed; a call ends within its time limit and reads a bounded answer; secrets are stored
 * encrypted, shown once and never logged.
 */
package dev.invitepacer.webhook;
