package dev.invitepacer.insight;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.AccountForm;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Tells what a change of settings would do, before it is made. */
@Path("/api/v1/accounts/{account}/preview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Insight")
public class PreviewResource {
    /** Whom nobody ever reads of: what is written in this name is taken back. */
    private static final String ACTOR = "preview";

    private final Preview preview;
    private final WhoAsks whoAsks;
    private final StrictJson json;

    PreviewResource(Preview preview, WhoAsks whoAsks, StrictJson json) {
        this.whoAsks = whoAsks;
        this.preview = preview;
        this.json = json;
    }

    @POST
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(
            summary =
                    "Tells what a change of settings (JSON merge patch) would do: interval, releases a week, when the queue"
                            + " is empty and the threshold reached, before and after; changes nothing")
    public PreviewView preview(
            @PathParam("account") String account,
            @QueryParam("days") String days,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AccountForm.class)))
                    InputStream body) {
        return preview.of(
                account,
                json.object(body),
                ForecastQuestion.of(days),
                whoAsks.now().seesAll(),
                ACTOR);
    }
}
