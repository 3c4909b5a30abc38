package dev.invitepacer.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Who may come in. */
public interface SecurityConfig {
    /** Whether keys are asked for. Without them the service listens on 127.0.0.1 only. */
    @WithDefault("true")
    boolean enabled();

    /** The file that the first admin key is written to, readable by its owner alone. */
    @WithDefault("${pacer.embedded.data-dir:./data}/admin-key")
    String keyFile();

    Session session();

    Failures failures();

    Openid openid();

    /** The console's sessions. */
    interface Session {
        /** After how long without a request a session ends. */
        @WithDefault("PT8H")
        @DurationMin(minutes = 5)
        @DurationMax(days = 30)
        Duration idle();

        /** After how long it ends in any case. */
        @WithDefault("P7D")
        @DurationMin(minutes = 5)
        @DurationMax(days = 90)
        Duration longest();
    }

    /** Keys that are none. */
    interface Failures {
        /** How many an address may send within the time before it is told to wait. */
        @WithDefault("10")
        @Min(1)
        @Max(10_000)
        int most();

        /** The time within which they are counted. */
        @WithDefault("PT1M")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 24)
        Duration within();
    }

    /** Bearer tokens of an OpenID Connect provider, beside keys. Off while there is no JWKS. */
    interface Openid {
        /** Where the provider's public keys are: an https address, or a file. */
        @WithDefault("none")
        String jwks();

        /** The iss that tokens must have. */
        @WithDefault("none")
        String issuer();

        /** The aud that tokens must have among theirs. */
        @WithDefault("none")
        String audience();

        /** The claim that holds the roles; a slash leads into objects, as in realm_access/roles. */
        @WithDefault("roles")
        String rolesClaim();

        /** What a role's name begins with there: pacer-owner. */
        @WithDefault("pacer-")
        String rolePrefix();

        /** The claim that lists the accounts. */
        @WithDefault("pacer_accounts")
        String accountsClaim();
    }
}
