package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.web.Fields;

/** Why somebody is never to be invited, as a caller says it. */
@Schema(name = "SuppressionForm")
record SuppressionForm(
        @Schema(maxLength = Suppression.LONGEST_REASON) String reason) {

    static SuppressionForm read(ObjectNode body) {
        Fields fields = new Fields(body);
        String reason = Suppression.tidy(fields.string("reason", Suppression.LONGEST_REASON));
        Suppression.objection(reason).ifPresent(objection -> fields.wrong("reason", objection));
        fields.orThrow();
        return new SuppressionForm(reason);
    }
}
