package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.invitepacer.web.Spool;

/** The room's own ways into and out of the queue of the service that runs: opens what only this room sees. */
public final class RealQueue {
    private static final long MOST_BYTES = 1 << 20;

    private RealQueue() {}

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    /** One draft by itself; a problem answer where it is not taken. */
    public static void enqueue(String account, ObjectNode draft) {
        bean(InvitationChanges.class).enqueue(account, draft, null, "caller");
    }

    /** A list, as a file of lines of JSON. */
    public static void take(String account, List<ObjectNode> drafts) {
        StringBuilder lines = new StringBuilder();
        drafts.forEach(draft -> lines.append(draft).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        Spool spool = Spool.of(new ByteArrayInputStream(bytes), MOST_BYTES, "simulation");
        bean(ImportDesk.class)
                .wait(account, new DraftList(spool, ListFormat.NDJSON, 0, spool.length()), false, null, "caller");
    }

    public static void cancel(String account, long invitation) {
        bean(InvitationChanges.class).cancel(account, Long.toString(invitation), "caller");
    }

    public static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }
}
