package dev.invitepacer.web;

import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Tells in the OpenAPI document that every call may be refused, and how a refusal looks. */
public class ProblemAnswers implements OASFilter {
    private static final String REFERENCE = "#/components/schemas/Problem";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema("Problem", problem());
        APIResponse refused = OASFactory.createAPIResponse()
                .description("Refused; the code says why, and the detail how to mend it")
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(REFERENCE))));
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(call -> call.getResponses().addAPIResponse("default", refused));
    }

    private static Schema problem() {
        Schema violation = type(Schema.SchemaType.OBJECT)
                .addProperty("field", type(Schema.SchemaType.STRING))
                .addProperty("message", type(Schema.SchemaType.STRING));
        return type(Schema.SchemaType.OBJECT)
                .description("RFC 9457; docs/reference/problems.md explains each code")
                .required(List.of("type", "status", "title", "detail", "code"))
                .addProperty("type", type(Schema.SchemaType.STRING).format("uri-reference"))
                .addProperty("status", type(Schema.SchemaType.INTEGER))
                .addProperty("title", type(Schema.SchemaType.STRING))
                .addProperty("detail", type(Schema.SchemaType.STRING))
                .addProperty(
                        "code",
                        type(Schema.SchemaType.STRING)
                                .enumeration(Arrays.stream(Code.values())
                                        .<Object>map(Code::text)
                                        .toList()))
                .addProperty("violations", type(Schema.SchemaType.ARRAY).items(violation))
                .addProperty("availableAt", type(Schema.SchemaType.STRING).format("date-time"))
                .addProperty("line", type(Schema.SchemaType.INTEGER));
    }

    private static Schema type(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
