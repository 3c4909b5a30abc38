/**
 * The loop that releases: it claims due accounts, locks them, takes the database's time, asks {@code pacing}, and writes
 * ledger, state, task and history in one transaction. Knows {@code account}, {@code invitation}, {@code pacing} and
 * {@code delivery}.
 *
 * <p>Guarantees: only here is a token spent; the ledger is read after the lock was granted, in a statement of its own; a
 * replica that dies in the middle has released nothing; any number of replicas share the accounts without a leader; an
 * account that waits or holds costs nothing per round.
 */
package dev.invitepacer.release;
