package dev.invitepacer.report;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.web.Fields;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Takes what a sender says of a task. */
@Path("/api/v1/tasks/{task}/report")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TaskReportResource {
    private final WhoAsks whoAsks;
    private final Reports reports;
    private final StrictJson json;

    public TaskReportResource(Reports reports, StrictJson json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.reports = reports;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes what became of a task; with a lost lease it is 409 and changes nothing")
    public Result report(
            @PathParam("task") String task,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ReportForm.OfTask.class)))
                    InputStream body) {
        Fields fields = new Fields(json.object(body));
        Report report = Report.read(fields, true);
        fields.orThrow();
        return reports.applyToTask(task, report, whoAsks.name());
    }
}
