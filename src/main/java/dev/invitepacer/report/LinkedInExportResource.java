package dev.invitepacer.report;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.Spool;

/** Takes LinkedIn's data export. */
@Path("/api/v1/accounts/{account}/linkedin-export")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class LinkedInExportResource {
    private static final String SETTING = "pacer.limits.export-body";

    private final Accounts accounts;
    private final ExportDesk desk;
    private final long largest;

    public LinkedInExportResource(Accounts accounts, ExportDesk desk, PacerConfig config) {
        this.accounts = accounts;
        this.desk = desk;
        this.largest = config.limits().exportBody().asLongValue();
    }

    @POST
    @Consumes({"application/zip", "application/x-zip-compressed", "application/octet-stream", "text/csv"})
    @Operation(
            summary = "Reconciles LinkedIn's export with what is known: who accepted, who was invited by hand",
            description =
                    "The zip as LinkedIn made it, its Invitations.csv or its Connections.csv; or several of them as"
                            + " parts of multipart/form-data")
    public ExportAnswer take(
            @PathParam("account") String account,
            @QueryParam("dryRun") String dryRun,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/zip",
                                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
                            })
                    InputStream body) {
        accounts.settings(account);
        boolean isDryRun = Query.flag("dryRun", dryRun);
        try (Spool spool = Spool.of(body, largest, SETTING)) {
            return desk.reconcile(account, List.of(spool.file()), isDryRun);
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public ExportAnswer takeParts(
            @PathParam("account") String account,
            @QueryParam("dryRun") String dryRun,
            @RestForm(FileUpload.ALL) List<FileUpload> parts) {
        accounts.settings(account);
        boolean isDryRun = Query.flag("dryRun", dryRun);
        if (parts.stream().mapToLong(FileUpload::size).sum() > largest) {
            throw Spool.tooLarge(largest, SETTING);
        }
        return desk.reconcile(
                account,
                parts.stream()
                        .map(FileUpload::uploadedFile)
                        .filter(Objects::nonNull)
                        .toList(),
                isDryRun);
    }
}
