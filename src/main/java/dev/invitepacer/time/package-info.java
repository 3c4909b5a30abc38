/**
 * The one clock: the database's time, one for all replicas, and the time-lapse that maps it. Knows nothing.
 *
 * <p>Guarantees: nobody reads the JVM's clock for a decision; within one replica or many, the same instant means the same.
 */
package dev.invitepacer.time;
