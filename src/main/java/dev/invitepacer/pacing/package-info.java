/**
 * When may an account release, and if not now, when and why not: active hours, the active clock, the token bucket, the
 * effective cap, the decision with its reason, and the schedule that follows from it.
 *
 * <p>Pure functions over immutable values. This package knows nothing else of the product: no framework, database,
 * clock or randomness; {@code now} is always an argument, and the same arguments always give the same answer.
 *
 * <p>Time is kept in whole microseconds, which is what PostgreSQL keeps: a value that was stored and read again is the
 * same value. An instant that falls between two microseconds is taken down to the lower one where it says what time it
 * is, and up to the next one where it says when something becomes due, so nothing is ever early.
 */
package dev.invitepacer.pacing;
