/**
 * Asking for withdrawals: the nightly policy and run, and the single one that a person asks for. Knows {@code invitation},
 * {@code account}, {@code delivery} and the pure functions of {@code pacing}.
 *
 * <p>Guarantees: one run a night and account however many replicas there are, caught up once after downtime; what is
 * marked {@code keep} is never chosen; at most {@code withdrawalsPerNight} are asked for at a time.
 */
package dev.invitepacer.withdrawal;
