package dev.invitepacer.invitation;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Multipart;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Preference;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.Spool;
import dev.invitepacer.web.WhoAsks;

/** Takes lists of drafts, and tells what became of them. */
@Path("/api/v1/accounts/{account}/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Invitations")
public class ImportResource {
    private static final String SETTING = "pacer.limits.import-body";

    private final WhoAsks whoAsks;
    private final Accounts accounts;
    private final ImportDesk desk;
    private final Imports imports;
    private final ImportReport report;
    private final long largest;

    public ImportResource(
            Accounts accounts,
            ImportDesk desk,
            Imports imports,
            ImportReport report,
            WhoAsks whoAsks,
            PacerConfig config) {
        this.whoAsks = whoAsks;
        this.accounts = accounts;
        this.desk = desk;
        this.imports = imports;
        this.report = report;
        this.largest = config.limits().importBody().asLongValue();
    }

    @POST
    @Consumes({"text/csv", "application/x-ndjson", "multipart/form-data"})
    @Operation(summary = "Imports a list of drafts; the good ones are enqueued, the others told with their line")
    @APIResponse(
            responseCode = "200",
            description = "The list has been read to its end",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(
            responseCode = "202",
            description = "With Prefer: respond-async: the list is good to read, and Location tells how far it is",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response take(
            @PathParam("account") String account,
            @QueryParam("dryRun") String dryRun,
            @QueryParam("onCooldown") String onCooldown,
            @Parameter(description = "respond-async: answer 202 at once") @HeaderParam("Prefer") List<String> prefer,
            @RequestBody(
                            required = true,
                            description = "CSV: the first line names the columns, which are a draft's fields."
                                    + " NDJSON: one draft a line. A form: one file of either kind.",
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                                @Content(
                                        mediaType = "application/x-ndjson",
                                        schema = @Schema(type = SchemaType.STRING)),
                                @Content(mediaType = "multipart/form-data", schema = @Schema(type = SchemaType.OBJECT))
                            })
                    InputStream body,
            @Context HttpHeaders headers) {
        accounts.settings(account);
        boolean isDryRun = Query.flag("dryRun", dryRun);
        OnCooldown cooldown = Query.oneOf("onCooldown", onCooldown, OnCooldown.class, null);
        DraftList list = list(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        boolean isAsync = Preference.isAsync(prefer);
        Import.Opened opened = isAsync
                ? desk.begin(account, list, isDryRun, cooldown, whoAsks.nameOr("import"))
                : desk.wait(account, list, isDryRun, cooldown, whoAsks.nameOr("import"));
        URI address = URI.create("/api/v1/accounts/" + account + "/imports/" + opened.id());
        Response.ResponseBuilder response = isAsync
                ? Response.accepted().location(address).header("Preference-Applied", Preference.RESPOND_ASYNC)
                : Response.ok().contentLocation(address);
        return response.entity(known(account, opened.id())).build();
    }

    @GET
    @Transactional
    @Operation(summary = "Lists the imports, the newest first, without their rows")
    public Page<ImportView> page(
            @PathParam("account") String account,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        int most = Page.limitOf(limit);
        long before =
                cursor == null ? Long.MAX_VALUE : Page.Request.of(null, cursor).after();
        return Page.of(imports.page(account, before, most + 1), most, ImportView::id);
    }

    @GET
    @Path("/{id}")
    @Transactional
    @Operation(summary = "Tells how far an import is, or what became of it")
    public ImportView read(@PathParam("account") String account, @PathParam("id") String id) {
        accounts.settings(account);
        if (!id.matches("[0-9]{1,18}")) {
            throw Imports.unknown();
        }
        return known(account, Long.parseLong(id));
    }

    @GET
    @Path("/{id}/report")
    @Produces("text/csv;charset=UTF-8")
    @Transactional
    @Operation(summary = "The refused and the advised rows that an import lists, as a file")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response report(@PathParam("account") String account, @PathParam("id") String id) {
        ImportView its = read(account, id);
        return Response.ok(report.of(its))
                .header("Content-Disposition", "attachment; filename=\"import-" + its.id() + ".csv\"")
                .build();
    }

    private ImportView known(String account, long id) {
        return imports.known(account, id).orElseThrow(Imports::unknown);
    }

    private DraftList list(InputStream body, String type) {
        Spool spool = Spool.of(body, largest, SETTING);
        try {
            ListFormat format = ListFormat.ofType(type).orElse(null);
            if (format != null) {
                return new DraftList(spool, format, 0, spool.length());
            }
            if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
                throw Problem.of(
                        Code.UNSUPPORTED_MEDIA_TYPE,
                        "Set Content-Type to text/csv, application/x-ndjson or multipart/form-data.");
            }
            Multipart.File file = Multipart.onlyFile(spool, type);
            return new DraftList(
                    spool,
                    ListFormat.ofFile(file.name(), file.type())
                            .orElseThrow(() -> Problem.of(
                                    Code.UNSUPPORTED_MEDIA_TYPE,
                                    "The file's name ends neither in .csv nor in .ndjson, and its type is neither"
                                            + " text/csv nor application/x-ndjson: give it one of these.")),
                    file.from(),
                    file.length());
        } catch (IOException failure) {
            spool.close();
            throw new UncheckedIOException(failure);
        } catch (RuntimeException refused) {
            spool.close();
            throw refused;
        }
    }
}
