/**
 * The invitation: what a caller may draft, its notes, states and transitions, the queue, enqueuing and import.
 *
 * <p>May know {@code account}. A {@link dev.invitepacer.invitation.Draft} that exists has been checked: its person is known
 * by one slug however the link was written, and every string in it can be stored and sent as it is.
 */
package dev.invitepacer.invitation;
