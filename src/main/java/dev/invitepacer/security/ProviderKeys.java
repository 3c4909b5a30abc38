package dev.invitepacer.security;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

import dev.invitepacer.web.NetworkTrouble;

/**
 * The public keys of an OpenID Connect provider. They are read beside requests, one reading at a time: nobody waits for a
 * provider that does not answer, and what was read last counts for {@link #KEEP}. Times are of {@link System#nanoTime}.
 */
final class ProviderKeys {
    /** How long keys count while they cannot be read anew. */
    static final Duration KEEP = Duration.ofHours(1);

    /** How often they are read. */
    static final Duration EVERY = Duration.ofMinutes(10);

    /** How often they are tried to be read while they are missed, or a token names one that is not among them. */
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(ProviderKeys.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final String location;
    private final Executor beside;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile Known known;
    private volatile Long triedAt;

    /**
     * @param location http, https, or a file
     * @param beside runs what may take long
     */
    ProviderKeys(String location, Executor beside) {
        this.location = location;
        this.beside = beside;
    }

    private record Known(List<JsonWebKey> keys, long readAt) {}

    /** The keys, or null where they were not read yet, or too long ago. */
    List<JsonWebKey> at(long now) {
        Known last = known;
        return last != null && now - last.readAt <= KEEP.toNanos() ? last.keys : null;
    }

    /** Whether they were read so lately that a key which is not among them is none of the provider's. */
    boolean areFresh(long now) {
        Known last = known;
        return last != null && now - last.readAt < AT_MOST_EVERY.toNanos();
    }

    /** Begins to read them, if it is time to. */
    void keepUp(long now) {
        Known last = known;
        if (last == null || now - last.readAt >= EVERY.toNanos()) {
            readSoon(now);
        }
    }

    /** Begins to read them, unless that was tried just now or is being done. */
    void readSoon(long now) {
        Long tried = triedAt;
        boolean isTime = tried == null || now - tried >= AT_MOST_EVERY.toNanos();
        if (isTime && isReading.compareAndSet(false, true)) {
            triedAt = now;
            beside.execute(() -> {
                try {
                    read(now);
                } finally {
                    isReading.set(false);
                }
            });
        }
    }

    private void read(long now) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(text()).getJsonWebKeys();
            if (known == null) {
                LOG.infof("The OpenID Connect provider's keys were read: %d", keys.size());
            }
            known = new Known(List.copyOf(keys), now);
        } catch (IOException | RuntimeException away) {
            LOG.warnf(
                    "The OpenID Connect provider's keys cannot be read: %s. Tokens are judged by those read before, for %s",
                    NetworkTrouble.sentence(away), KEEP);
        } catch (JoseException nonsense) {
            LOG.warnf("The OpenID Connect provider's keys cannot be read: what it answers is no set of keys (JWKS)");
        }
    }

    private String text() throws IOException {
        if (!location.startsWith("http:") && !location.startsWith("https:")) {
            return Files.readString(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
        }
        Get get = new Get();
        get.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        get.setReadTimeout((int) READ_TIMEOUT.toMillis());
        get.setRetries(0);
        return get.get(location).getBody();
    }
}
