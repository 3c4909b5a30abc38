package dev.invitepacer.insight;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.WhoAsks;

/** Tells how all accounts stand. */
@Path("/api/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Insight")
public class OverviewResource {
    private final Overview overview;
    private final WhoAsks whoAsks;
    private final ServiceClock clock;

    OverviewResource(Overview overview, WhoAsks whoAsks, ServiceClock clock) {
        this.whoAsks = whoAsks;
        this.overview = overview;
        this.clock = clock;
    }

    @GET
    @Transactional
    @Operation(
            summary =
                    "Lists all accounts that the key may see, the worst first, each with what it does, what holds it and since when")
    public OverviewView overview(
            @QueryParam("q") String words,
            @QueryParam("holding") String holding,
            @QueryParam("trouble") String trouble,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Instant now = clock.snapshot();
        return overview.of(
                new Troubles.Question(
                        whoAsks.now().accounts(),
                        words == null || words.isBlank()
                                ? null
                                : Query.text("q", words).strip(),
                        holding == null || holding.isEmpty() ? null : Query.flag("holding", holding),
                        Query.oneOf("trouble", trouble, Trouble.class, null),
                        OverviewCursor.read(cursor)),
                Page.limitOf(limit),
                now);
    }
}
