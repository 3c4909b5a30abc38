/**
 * What happens, told to others: the outbox that the history fills, the order in which it is told, and the streams and
 * subscriptions that tell it. Knows {@code account}, {@code delivery}, {@code time}, {@code web} and {@code config};
 * nobody but {@code operations} knows it.
 *
 * <p>Guarantees: what is told was committed; nothing that was committed is left out, whatever transactions overtake each
 * other; every reader gets the same order, and within an account it is the order in which things happened. An event may
 * come twice, always with the same id.
 */
package dev.invitepacer.events;
