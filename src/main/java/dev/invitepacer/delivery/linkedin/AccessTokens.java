package dev.invitepacer.delivery.linkedin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.invitepacer.config.EnvironmentNames;
import dev.invitepacer.config.PacerConfig;

/**
 * Where access tokens come from: a file of the token's name in a directory, such as a mounted secret, or else a variable of
 * the environment. Both are read anew each time, so that a renewed file is in force at once.
 */
@ApplicationScoped
class AccessTokens {
    private final Path directory;
    private final UnaryOperator<String> environment;

    @Inject
    AccessTokens(PacerConfig config) {
        this(Path.of(config.linkedin().tokens()), System::getenv);
    }

    AccessTokens(Path directory, UnaryOperator<String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * @param name 1 to 63 of a-z, 0-9 and hyphen
     * @throws Unusable where there is none, or what is there is no token
     */
    AccessToken named(String name) throws Unusable {
        Path file = directory.resolve(name);
        String text = content(file, name)
                .or(() -> Optional.ofNullable(environment.apply(variable(name))))
                .orElseThrow(() -> new Unusable("There is no access token " + name + ": put it into a file of that name"
                        + " under PACER_LINKEDIN_TOKENS, or into " + variable(name) + "."));
        return AccessToken.in(text)
                .orElseThrow(() -> new Unusable("What stands for the access token " + name
                        + " is none: it must hold the token alone, on one line."));
    }

    static String variable(String name) {
        return EnvironmentNames.TOKEN + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Optional<String> content(Path file, String name) throws Unusable {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(2 * AccessToken.LONGEST), StandardCharsets.US_ASCII));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new Unusable(
                    "The file of the access token " + name + " cannot be read: let the service's user read it.");
        }
    }

    /** No token; the message says how to mend it. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }
}
