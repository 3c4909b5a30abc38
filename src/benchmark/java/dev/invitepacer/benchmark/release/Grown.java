package dev.invitepacer.benchmark.release;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one contender did in a house of one size.
 *
 * @param accounts in the house
 * @param due how many of them were due at once, and have released
 * @param queued drafts in the queue of each that was due
 * @param booked releases in the ledger of each that was due, before
 * @param releases a second, from the first release to the last
 * @param processMicros the contender's own processor time for each release, in microseconds
 * @param serverMicros PostgreSQL's, likewise
 * @param idleMillis processor time of both in a second in which nothing is due, in milliseconds
 * @param firstSeconds from the start of its process to the first release
 * @param residentMegabytes what its process holds ten seconds after that, in 10^6 bytes; null where it cannot be told
 * @param liveMegabytes what of its heap is in use then, once Java has collected; likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grown(
        String contender,
        int repetition,
        int accounts,
        long due,
        int queued,
        int booked,
        Double releases,
        double processMicros,
        double serverMicros,
        double idleMillis,
        double firstSeconds,
        Double residentMegabytes,
        Double liveMegabytes) {

    /** Processor time for each release, of the contender and PostgreSQL, in microseconds. */
    double micros() {
        return processMicros + serverMicros;
    }
}
