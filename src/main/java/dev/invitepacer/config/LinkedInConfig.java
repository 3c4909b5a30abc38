package dev.invitepacer.config;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** LinkedIn's API for approved partners; nothing of it is used but by accounts of the channel LINKEDIN. */
public interface LinkedInConfig {
    /** Where it is. Tokens are sent there, so that it is https. */
    @WithDefault("https://api.linkedin.com")
    URI baseUrl();

    /** The directory with a file for each access token, named as the token; it is read each time. */
    @WithDefault("./linkedin-tokens")
    String tokens();

    /** How long it may take to answer. After that nobody knows whether it did what it was asked. */
    @WithDefault("15s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 2)
    Duration timeout();

    /** How often it is asked, for each account, which invitations were accepted. */
    @WithDefault("PT15M")
    @DurationMin(minutes = 1)
    @DurationMax(days = 7)
    Duration acceptances();

    Withdrawal withdrawal();

    /** How an invitation is withdrawn, which is not public: partners are told. While it is off, people withdraw. */
    interface Withdrawal {
        @WithDefault("OFF")
        Method method();

        /** What follows the base URL, with {id} for LinkedIn's id of the invitation. */
        @WithDefault("none")
        String path();

        /** JSON, likewise; none for no body. */
        @WithDefault("none")
        String body();
    }

    /** How withdrawals are asked for. */
    enum Method {
        OFF,
        POST,
        PUT,
        PATCH,
        DELETE
    }
}
