/**
 * What is known of a person across all accounts: telling it, erasing it, and letting it go when its time is over. Knows
 * {@code invitation}, {@code account}, {@code delivery} and {@code journal}.
 *
 * <p>Guarantees: an erasure happens wholly or not at all; afterwards nothing here names the person but the suppression
 * list, and what counts goes on counting; erasing twice, or somebody unknown, changes nothing and reveals nothing.
 */
package dev.invitepacer.people;
