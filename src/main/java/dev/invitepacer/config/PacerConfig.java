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

    /** The first admin key, where there is none yet; none: one is made and written to a file. */
    @WithDefault("none")
    String bootstrapKey();

    SecurityConfig security();

    Embedded embedded();

    Release release();

    Withdrawal withdrawal();

    Tasks tasks();

    Delivery delivery();

    Report report();

    People people();

    Imports imports();

    Exports exports();

    Idempotency idempotency();

    Events events();

    LinkedInConfig linkedin();

    LimitsConfig limits();

    Webhooks webhooks();

    Secrets secrets();

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

    interface Delivery {
        /** The most hand-overs to automatic senders that this process is at, at once. */
        @WithDefault("32")
        @Min(1)
        @Max(1_000)
        int atOnce();

        /** … and of these the most on one lane: to one webhook endpoint, or to LinkedIn. */
        @WithDefault("8")
        @Min(1)
        @Max(1_000)
        int perLane();

        /**
         * After how long the hand-overs of a process that died are taken over. A live process renews its leases once a
         * second; longer than it stands still for, or what is merely slow is asked for twice.
         */
        @WithDefault("PT60S")
        @DurationMin(seconds = 3)
        @DurationMax(hours = 1)
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

    interface Events {
        /** For how long events are kept after they were put in order. */
        @WithDefault("P7D")
        @DurationMin(hours = 1)
        Duration keep();

        /** The most streams that this process keeps open, and a fifth of them for one key; more are asked to come again. */
        @WithDefault("50")
        @Min(1)
        @Max(10_000)
        int streams();

        /** How often a stream with nothing to tell gives a sign of life; longer than that, and proxies give up on it. */
        @WithDefault("15s")
        @DurationMin(seconds = 1)
        @DurationMax(seconds = 60)
        Duration heartbeat();

        /** How long a reader may take to read what was sent before it is cut off. */
        @WithDefault("30s")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 10)
        Duration patience();
    }

    /** Calls to addresses that callers name. */
    interface Webhooks {
        /** Whether an endpoint may be called without TLS. */
        @WithDefault("false")
        boolean allowHttp();

        /**
         * Networks, such as 10.20.0.0/16, that endpoints may be in though they are not public; commas between them, none
         * for none. Whoever may make endpoints reaches these networks from here.
         */
        @WithDefault("none")
        String allowedNetworks();

        /** How long to wait for a connection. */
        @WithDefault("5s")
        @DurationMin(millis = 100)
        @DurationMax(seconds = 30)
        Duration connectTimeout();

        /** How long the whole call may take, its answer read to the end. */
        @WithDefault("15s")
        @DurationMin(millis = 200)
        @DurationMax(seconds = 60)
        Duration answerTimeout();

        /** For how long the secret before the last rotation signs too. */
        @WithDefault("PT24H")
        @DurationMin(seconds = 0)
        @DurationMax(days = 30)
        Duration secretOverlap();
    }

    /** What secrets are encrypted with before they are stored. */
    interface Secrets {
        /** 32 random bytes in base64; none: no secrets can be kept, so no endpoints made. */
        @WithDefault("none")
        String key();

        /** The key before this one: what it encrypted is encrypted anew at start. */
        @WithDefault("none")
        String previousKey();
    }
}
