package dev.invitepacer.benchmark.evenness;

import java.time.Instant;

/** What decides, asked once a second in active hours and with an endless queue, whether one more goes now. */
interface Rule {
    boolean releasesAt(Instant now);
}
