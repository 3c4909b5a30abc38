/**
 * Asking for withdrawals: the nightly policy and run, and the single one that a person asks for. Knows {@code invitation},
 * {@code account}, {@code delivery} and the pure functions of {@code pacing}.
 *
 * <p>Guarantees: one run a night and account however many replicas there are, caught up once after downtime; what is
 * marked {@code keep} is never chosen; in every rolling 24 hours at most
 * {@code withdrawalsPerNight} come up, whoever asks for them.
 */
package dev.invitepacer.withdrawal;
