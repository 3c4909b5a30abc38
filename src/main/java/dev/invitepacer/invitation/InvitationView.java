package dev.invitepacer.invitation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An invitation as the API shows it.
 *
 * @param reason why it is not released right now; only while queued
 * @param estimatedReleaseAt when it goes if nothing changes; only while queued, null where nobody can say
 */
@Schema(name = "Invitation")
public record InvitationView(
        long id,
        String account,
        State state,
        String profile,
        String profileUrl,
        String firstName,
        String lastName,
        String headline,
        String company,
        String note,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = String.class)
        String fields,

        int degree,
        int priority,
        String campaign,
        String source,
        Instant notBefore,
        Instant lapsesAt,
        String memberUrn,
        String email,
        boolean keep,
        int attempt,
        Instant queuedAt,
        Instant releasedAt,
        Instant sentAt,
        Instant endedAt,
        Instant cooldownUntil,
        String reason,
        Instant estimatedReleaseAt) {

    static InvitationView of(Invitation invitation) {
        return of(invitation, Foresight.Estimate.NONE);
    }

    static InvitationView of(Invitation invitation, Foresight.Estimate estimate) {
        return new InvitationView(
                invitation.id,
                invitation.account,
                invitation.state,
                invitation.profile,
                new Profile(invitation.profile).url(),
                invitation.firstName,
                invitation.lastName,
                invitation.headline,
                invitation.company,
                invitation.note,
                invitation.fields,
                invitation.degree,
                invitation.priority,
                invitation.campaign,
                invitation.source,
                invitation.notBefore,
                invitation.lapsesAt,
                invitation.memberUrn,
                invitation.email,
                invitation.keep,
                invitation.attempt,
                invitation.queuedAt,
                invitation.releasedAt,
                invitation.sentAt,
                invitation.endedAt,
                invitation.cooldownUntil,
                estimate.reason(),
                estimate.releaseAt());
    }
}
