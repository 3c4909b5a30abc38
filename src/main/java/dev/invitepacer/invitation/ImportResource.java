package dev.invitepacer.invitation;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.Query;

/** Takes lists of drafts. */
@Path("/api/v1/accounts/{account}/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Invitations")
public class ImportResource {
    private static final String ACTOR = "import";

    private final Accounts accounts;
    private final Import list;

    public ImportResource(Accounts accounts, Import list) {
        this.accounts = accounts;
        this.list = list;
    }

    @POST
    @Consumes("text/csv")
    @Operation(summary = "Imports a list of drafts; the good ones are enqueued, the others told with their line")
    public Import.Report take(
            @PathParam("account") String account,
            @QueryParam("dryRun") String dryRun,
            @RequestBody(
                            required = true,
                            description = "The first line names the columns, which are a draft's fields",
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
                    InputStream csv) {
        accounts.settings(account);
        return list.take(account, csv, Query.flag("dryRun", dryRun), ACTOR);
    }
}
