/**
 * The invitation: what a caller may draft, its notes, states and transitions, the queue, enqueuing and import.
 *
 * <p>May know {@code account}. Whatever a caller sends becomes a {@link dev.invitepacer.invitation.Draft} only through
 * {@link dev.invitepacer.invitation.DraftInput#check}: then its person is known by one slug however the link was
 * written, and every string in it can be stored and sent as it is.
 */
package dev.invitepacer.invitation;
