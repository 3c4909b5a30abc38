/**
 * Tasks: what senders are asked to do, and how a task reaches its sender. Knows {@code invitation}.
 *
 * <p>Guarantees: an invitation has at most one open task of a kind; a task is leased to one sender at a time, and a lease
 * that ended gives no right; opening and closing tasks is part of the transaction that changes the invitation.
 */
package dev.invitepacer.delivery;
