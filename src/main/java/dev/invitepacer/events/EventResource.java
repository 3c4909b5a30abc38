package dev.invitepacer.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.WhoAsks;

/** What happens, as a stream or in pages. */
@Path("/api/v1/events")
@Tag(name = "Events")
public class EventResource {
    private static final String OLDEST = "oldest";
    private static final int MOST_ACCOUNTS = 100;

    private final WhoAsks whoAsks;
    private final Outbox outbox;
    private final EventStreams streams;
    private final Accounts accounts;
    private final ObjectMapper json;

    public EventResource(Outbox outbox, EventStreams streams, Accounts accounts, ObjectMapper json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.outbox = outbox;
        this.streams = streams;
        this.accounts = accounts;
        this.json = json;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Lists events after a position; asked for text/event-stream, goes on telling them",
            description =
                    "Without after: those that are kept, from the oldest on. next is where to go on, now or later.")
    @APIResponse(
            responseCode = "200",
            description = "Events in order, as a page or as server-sent events",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = EventPage.class)),
                @Content(mediaType = "text/event-stream", schema = @Schema(implementation = String.class))
            })
    public EventPage page(
            @QueryParam("after") String after,
            @QueryParam("account") List<String> account,
            @QueryParam("type") List<String> type,
            @QueryParam("limit") String limit) {
        int most = Page.limitOf(limit);
        Filter filter = filter(account, type);
        Outbox.Reach reach = outbox.reach();
        long from = after == null || after.isEmpty() ? reach.forgotten() : position(after, reach);
        Outbox.Stretch stretch = outbox.after(from, filter, most);
        if (stretch.isGap()) {
            throw gone(outbox.reach());
        }
        return new EventPage(stretch.events(), reach.at(stretch.upTo()).toString());
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("after") String after,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("account") List<String> account,
            @QueryParam("type") List<String> type,
            @Context Sse sse,
            @Context HttpServerRequest request) {
        Filter filter = filter(account, type);
        Outbox.Reach reach = outbox.reach();
        // A browser that connects again sends the address that it began with, and the header besides.
        String known = lastEventId == null || lastEventId.isEmpty() ? after : lastEventId;
        long from = known == null || known.isEmpty() ? reach.last() : position(known, reach);
        return streams.open(reach.at(from), filter, whoAsks.now(), () -> cut(request.connection()))
                .map(item -> told(item, sse));
    }

    /** At once: an orderly close would wait until what is on its way has been read. */
    private static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase socket) {
            // From the first handler on: those above it would wait to be read, too.
            socket.channel().pipeline().firstContext().close();
        } else {
            connection.close();
        }
    }

    private OutboundSseEvent told(EventStreams.Item item, Sse sse) {
        OutboundSseEvent.Builder builder = sse.newEventBuilder().id(item.upTo().toString());
        if (item.event() == null) {
            return builder.comment("here").build();
        }
        try {
            return builder.name(item.event().type())
                    .data(json.writeValueAsString(item.event()))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long position(String text, Outbox.Reach reach) {
        if (text.equals(OLDEST)) {
            return reach.forgotten();
        }
        Position position = Position.read(text)
                .filter(read -> read.series().equals(reach.series()) && read.number() <= reach.last())
                .orElseThrow(() -> Problem.of(
                        Code.UNREADABLE,
                        Problem.shown(text, 40)
                                + " is not the id of an event of this service; leave it out for what comes"
                                + " from now on, or use after=" + OLDEST + "."));
        if (position.number() < reach.forgotten()) {
            throw gone(reach);
        }
        return position.number();
    }

    private static RuntimeException gone(Outbox.Reach reach) {
        return Problem.of(
                Code.EVENTS_GONE,
                "Some events after this id are kept no more (pacer.events.keep). Read how things stand, then go on with after="
                        + reach.at(reach.forgotten()) + " or after=" + OLDEST + ".");
    }

    private Filter filter(List<String> account, List<String> type) {
        Set<String> wantedAccounts = given(account);
        if (wantedAccounts.size() > MOST_ACCOUNTS) {
            throw Problem.of(
                    Code.UNREADABLE, "account may be given " + MOST_ACCOUNTS + " times; leave it out for all.");
        }
        wantedAccounts.forEach(accounts::settings);
        Set<String> types = given(type);
        types.forEach(name -> EventType.named(name)
                .orElseThrow(() -> Problem.of(
                        Code.UNREADABLE,
                        "There is no event " + Problem.shown(name, 40)
                                + "; docs/reference/events.md lists them, such as invitation.sent.")));
        // None wanted is all, which are those that may be seen.
        Set<String> seen = whoAsks.now().accounts();
        return new Filter(wantedAccounts.isEmpty() && seen != null ? seen : wantedAccounts, types);
    }

    private static Set<String> given(List<String> values) {
        Set<String> given = new LinkedHashSet<>(values);
        given.remove("");
        return given;
    }
}
