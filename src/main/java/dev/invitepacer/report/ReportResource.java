package dev.invitepacer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Takes reports of what happened. */
@Path("/api/v1/accounts/{account}/reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportResource {
    private final WhoAsks whoAsks;
    private final Reports reports;
    private final StrictJson json;
    private final int most;

    public ReportResource(Reports reports, StrictJson json, PacerConfig config, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.reports = reports;
        this.json = json;
        this.most = config.limits().reportBatch();
    }

    @POST
    @Operation(summary = "Takes one report or an array of them; answers each, in order")
    public Map<String, List<Result>> report(
            @PathParam("account") String account,
            @RequestBody(
                            required = true,
                            description = "One report, or an array of them",
                            content = @Content(schema = @Schema(anyOf = {ReportForm.class, ReportForm[].class})))
                    InputStream body) {
        ArrayNode array = json.array(body, most);
        List<Report> read = new ArrayList<>(array.size());
        List<Problem.Violation> violations = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String place = array.size() == 1 ? "" : "[" + i + "].";
            read.add(read(array.get(i), place, violations));
        }
        if (!violations.isEmpty()) {
            throw Problem.of(Code.INVALID, violations);
        }
        return Map.of("results", reports.apply(account, read, whoAsks.name()));
    }

    private static Report read(JsonNode item, String place, List<Problem.Violation> violations) {
        if (!(item instanceof ObjectNode object)) {
            violations.add(new Problem.Violation(place + "type", "every report must be an object {…}"));
            return null;
        }
        Fields fields = new Fields(object);
        Report report = Report.read(fields, false);
        fields.done()
                .violations()
                .forEach(violation ->
                        violations.add(new Problem.Violation(place + violation.field(), violation.message())));
        return report;
    }
}
