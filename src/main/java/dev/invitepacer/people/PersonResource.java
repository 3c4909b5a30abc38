package dev.invitepacer.people;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.invitation.ProfileParameter;
import dev.invitepacer.web.WhoAsks;

/** What is known of a person: telling it, and erasing it. Of somebody unknown both tell nothing, never 404. */
@Path("/api/v1/people/{profile}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class PersonResource {
    private final WhoAsks whoAsks;
    private final People people;
    private final Erasure erasure;

    PersonResource(People people, Erasure erasure, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.people = people;
        this.erasure = erasure;
    }

    @GET
    @Operation(summary = "Tells what is known of a person in all accounts that the key may see")
    public PersonView read(@PathParam("profile") String profile) {
        return people.of(ProfileParameter.of(profile), whoAsks.now().accounts());
    }

    @DELETE
    @Operation(summary = "Erases what is known of a person in all accounts; tells what is kept, why and until when")
    public Erasure.Result erase(@PathParam("profile") String profile) {
        return erasure.erase(ProfileParameter.of(profile), whoAsks.name());
    }
}
