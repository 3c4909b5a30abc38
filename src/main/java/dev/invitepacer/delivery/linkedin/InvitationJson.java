package dev.invitepacer.delivery.linkedin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body that creates an invitation. */
final class InvitationJson {
    private InvitationJson() {}

    /** @param note null for none: then LinkedIn sends its own words */
    static String of(String invitee, String note) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("invitee", invitee);
        if (note != null) {
            body.putObject("message")
                    .putObject("com.linkedin.invitations.InvitationMessage")
                    .put("body", note);
        }
        return body.toString();
    }
}
