package dev.invitepacer.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much is taken at once, and how much is kept. */
public interface LimitsConfig {
    /** The largest JSON body. */
    @WithDefault("1M")
    MemorySize jsonBody();

    /** The largest list that one import takes. */
    @WithDefault("64M")
    MemorySize importBody();

    /** The largest suppression list in one request; it is held in memory. */
    @WithDefault("8M")
    MemorySize suppressionBody();

    /** How many refused rows, and how many advised ones, the answer to an import lists; the rest is counted. */
    @WithDefault("10000")
    @Min(1)
    @Max(1_000_000)
    int importRefusals();

    /** The largest export of LinkedIn's that is taken, and the largest file that is read out of its zip. */
    @WithDefault("256M")
    MemorySize exportBody();

    /** The most invitations queued in one account. */
    @WithDefault("100000")
    @Min(1)
    @Max(10_000_000)
    int queueLength();

    /** The most reports in one request. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int reportBatch();
}
