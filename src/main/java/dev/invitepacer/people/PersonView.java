package dev.invitepacer.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.invitation.InvitationView;
import dev.invitepacer.invitation.Suppression;
import dev.invitepacer.journal.HistoryEntry;

/**
 * What is known of a person.
 *
 * @param suppression null where they are not on the list
 * @param invitations of all accounts, the latest first, with everything that they hold
 * @param history of those invitations, the latest first
 * @param isComplete whether this is all; more than a few hundred lines are not told here
 */
@Schema(name = "Person")
public record PersonView(
        String profile,
        String profileUrl,
        Suppression suppression,
        List<InvitationView> invitations,
        List<Event> history,
        boolean isComplete) {

    /** A line of the history, with its account. */
    public record Event(
            String account,
            Long invitation,
            Instant at,
            String event,
            String actor,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String detail) {
        static Event of(HistoryEntry entry) {
            return new Event(entry.account, entry.invitation, entry.at, entry.event, entry.actor, entry.detail);
        }
    }
}
