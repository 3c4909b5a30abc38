/**
 * Hindsight and foresight: statistics of what was sent, and the forecast of what will be. Reads all rooms below it and
 * changes nothing.
 *
 * <p>Guarantees: what the statistics say is a pure function of the invitations read; what the forecast says is computed
 * by the functions of {@code pacing} that decide.
 */
package dev.invitepacer.insight;
