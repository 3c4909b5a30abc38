package dev.invitepacer.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whom events are posted to.
 *
 * @param types which events; empty: all
 * @param accounts of which accounts; empty: all
 * @param waiting in how many accounts something is to be posted
 * @param failed in how many of them nobody tries any more
 * @param detail what came of the last try that failed, somewhere; null where none has
 * @param changedBy who changed it last, as the history tells it; null where that is not known
 */
@Schema(name = "Subscription")
public record Subscription(
        String name,
        String endpoint,
        List<String> types,
        List<String> accounts,
        long waiting,
        long failed,
        String detail,
        Instant createdAt,
        Instant changedAt,
        String changedBy) {
    @JsonIgnore
    Filter filter(String account) {
        return new Filter(java.util.Set.of(account), java.util.Set.copyOf(types));
    }
}
