package dev.invitepacer.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the type of a problem answer leads to. */
@Path("/problems/{code}")
@Tag(name = "Problems")
public class ProblemResource {
    /** What a code means. */
    public record Explanation(String code, int status, String title, String explanation) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Explains a problem's code")
    public Explanation explain(@PathParam("code") String code) {
        return Arrays.stream(Code.values())
                .filter(known -> known.text().equals(code))
                .findFirst()
                .map(known -> new Explanation(known.text(), known.status(), known.title(), known.explanation()))
                .orElseThrow(() -> Problem.of(Code.NOT_FOUND, "There is no problem of this code."));
    }
}
