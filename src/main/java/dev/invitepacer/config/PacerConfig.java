package dev.invitepacer.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Everything under {@code pacer.}. The README's table tells each key in the operator's words. */
@ConfigMapping(prefix = "pacer")
public interface PacerConfig {
    /**
     * How many times as fast as the database's clock the service's time runs. 1 is real time; anything else is for
     * watching a week in minutes, keeps its data apart from real data, and works with the INBOX channel only.
     */
    @WithDefault("1")
    @Min(1)
    @Max(10_000)
    int timeLapse();

    Embedded embedded();

    Release release();

    Withdrawal withdrawal();

    Tasks tasks();

    Report report();

    People people();

    Imports imports();

    Exports exports();

    Idempotency idempotency();

    Limits limits();

    /** The PostgreSQL that the service starts itself where no database is configured. Read before anything else. */
    interface Embedded {
        /** Where its data stays. */
        @WithDefault("./data")
        String dataDir();

        /** Its port on loopback; 0 takes any free one. */
        @WithDefault("0")
        @Min(0)
        @Max(65_535)
        int port();
    }

    interface Release {
        /**
         * The polling period: how often due accounts are looked for. It is the slack of the token bucket too. The
         * scheduler ticks once a second, so it cannot be shorter.
         */
        @WithDefault("1s")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 10)
        Duration period();

        /** The most accounts that one transaction takes. */
        @WithDefault("100")
        @Min(1)
        @Max(5_000)
        int batch();
    }

    interface Withdrawal {
        /** How often accounts whose night has come are looked for. */
        @WithDefault("1s")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration period();

        /** After how long LinkedIn drops an unanswered invitation by itself. */
        @WithDefault("P180D")
        @DurationMin(days = 1)
        Duration expiry();
    }

    interface Tasks {
        /** How long a claimed task stays with its sender. */
        @WithDefault("PT15M")
        @DurationMin(seconds = 1)
        Duration lease();
    }

    interface Report {
        /** How long an account releases nothing after LinkedIn limited it, where the signal does not say until when. */
        @WithDefault("P7D")
        @DurationMin(seconds = 1)
        Duration restrictionPause();
    }

    interface People {
        /** For how long after its end an invitation still names its person. */
        @WithDefault("P730D")
        @DurationMin(days = 30)
        Duration retention();
    }

    interface Imports {
        /** The most lists that this process takes at once; more are asked to come again. Each holds a connection. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int atOnce();

        /** For how long the refused and advised rows of a list can be read again; they name people. */
        @WithDefault("P7D")
        @DurationMin(seconds = 1)
        Duration keepRows();
    }

    interface Exports {
        /** The most of LinkedIn's exports that this process reconciles at once; more are asked to come again. */
        @WithDefault("2")
        @Min(1)
        @Max(16)
        int atOnce();
    }

    interface Idempotency {
        /** For how long an answer is given again to a request that is sent again with the same Idempotency-Key. */
        @WithDefault("PT24H")
        @DurationMin(seconds = 1)
        Duration keep();

        /** The largest answer that is kept whole; of a larger one, only where it can be read. */
        @WithDefault("4M")
        MemorySize answer();
    }

    interface Limits {
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
}
