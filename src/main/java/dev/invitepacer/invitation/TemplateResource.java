package dev.invitepacer.invitation;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Templates of notes. */
@Path("/api/v1/accounts/{account}/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Templates")
public class TemplateResource {
    private final WhoAsks whoAsks;
    private final Accounts accounts;
    private final Templates templates;
    private final TemplateChanges changes;
    private final StrictJson json;

    TemplateResource(
            Accounts accounts, Templates templates, TemplateChanges changes, StrictJson json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.accounts = accounts;
        this.templates = templates;
        this.changes = changes;
        this.json = json;
    }

    @GET
    @Transactional
    @Operation(summary = "Lists the account's templates by name")
    public Page<TemplateView> list(
            @PathParam("account") String account,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        int most = Page.limitOf(limit);
        List<TemplateView> found =
                templates.page(account, cursor == null ? "" : Page.key(cursor, Templates.NAME), most + 1);
        boolean more = found.size() > most;
        List<TemplateView> shown = more ? found.subList(0, most) : found;
        return new Page<>(shown, more ? Page.cursor(shown.get(most - 1).name()) : null);
    }

    @GET
    @Path("/{template}")
    @Transactional
    @Operation(summary = "Reads one")
    public TemplateView read(@PathParam("account") String account, @PathParam("template") String template) {
        accounts.settings(account);
        return templates.find(account, template).orElseThrow(() -> TemplateChanges.unknown(template));
    }

    @PUT
    @Path("/{template}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Creates or replaces one; notes that it has made already stay as they are")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Response put(
            @PathParam("account") String account,
            @PathParam("template") String template,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TemplateForm.class)))
                    InputStream body) {
        boolean isNew = changes.put(account, template, json.object(body), whoAsks.name());
        return isNew
                ? Response.created(URI.create("/api/v1/accounts/" + account + "/templates/" + template))
                        .entity(read(account, template))
                        .build()
                : Response.ok(read(account, template)).build();
    }

    @DELETE
    @Path("/{template}")
    @Operation(summary = "Deletes one; notes that it has made stay as they are")
    public void delete(@PathParam("account") String account, @PathParam("template") String template) {
        changes.delete(account, template, whoAsks.name());
    }
}
