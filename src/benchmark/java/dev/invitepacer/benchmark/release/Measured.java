package dev.invitepacer.benchmark.release;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one contender did in one repetition at one size.
 *
 * @param releases a second, from the first release to the last, where all are due; null where all came in one transaction
 * @param counted how many releases that is
 * @param hundredth likewise where one account in a hundred is due
 * @param processMicros the contender's own processor time for each release, in microseconds
 * @param serverMicros PostgreSQL's, likewise
 * @param middleLate the median lateness of the steady load in milliseconds; null where it was not measured
 * @param lastLate the 99th percentile of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measured(
        String contender,
        int accounts,
        int repetition,
        Double releases,
        long counted,
        Double hundredth,
        Double processMicros,
        Double serverMicros,
        Double middleLate,
        Double lastLate) {}
