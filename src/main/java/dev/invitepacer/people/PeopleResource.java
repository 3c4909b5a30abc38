package dev.invitepacer.people;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.invitation.SearchWords;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.WhoAsks;

/** Finds people across all accounts. */
@Path("/api/v1/people")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class PeopleResource {
    private static final String SHAPE_OF_A_SLUG = "\\P{Cntrl}{1,200}";

    private final PeopleSearch search;
    private final WhoAsks whoAsks;

    PeopleResource(PeopleSearch search, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.search = search;
    }

    @GET
    @Transactional
    @Operation(
            summary =
                    "Finds people in all accounts that the key may see by the beginnings of words of name, company or profile")
    public Page<FoundPerson> find(
            @QueryParam("q") String words, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Page.limitOf(limit);
        String after = cursor == null ? "" : Query.text("cursor", Page.key(cursor, SHAPE_OF_A_SLUG));
        List<FoundPerson> found = search.page(whoAsks.now().accounts(), SearchWords.of("q", words), after, most + 1);
        return found.size() <= most
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, most), Page.cursor(found.get(most - 1).profile()));
    }
}
