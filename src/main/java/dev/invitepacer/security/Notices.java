package dev.invitepacer.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Keeps the log readable, and the disk free, while somebody tries: the same is told once a minute, and of all together no
 * more than {@value #MOST} lines. The metrics count every one.
 */
@ApplicationScoped
class Notices {
    static final int MOST = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Set<String> told = new HashSet<>();
    private long beganAt;

    /** Logs it, unless it was told within the minute. */
    void tell(Logger log, Logger.Level level, String notice) {
        if (isNews(notice)) {
            log.log(level, notice);
        }
    }

    /** Whether this is to be told now; asked again within the minute, it is not. */
    boolean isNews(String notice) {
        return isNews(notice, System.nanoTime());
    }

    /** Likewise, at this time of {@link System#nanoTime}. */
    synchronized boolean isNews(String notice, long now) {
        if (told.isEmpty() || now - beganAt >= MINUTE.toNanos()) {
            told.clear();
            beganAt = now;
        }
        return told.size() < MOST && told.add(notice);
    }

    /** For tests: as after the start. */
    synchronized void forget() {
        told.clear();
    }
}
