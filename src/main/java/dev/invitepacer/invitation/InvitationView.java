package dev.invitepacer.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An invitation as the API shows it.
 *
 * @param profile null, as everything that names the person, once the person was erased
 * @param parkedUntil until when the person cannot be invited; only while queued
 * @param secondTryOf the withdrawn invitation that this one repeats
 * @param erasedAt since when it names nobody, or a connection by profile only
 * @param sentBare whether it was released without its note, because the month's were used up
 * @param reason why it is not released right now; only while queued
 * @param estimatedReleaseAt when it goes if nothing changes; only while queued, null where nobody can say
 * @param alternative which of the template's alternatives, from 1 on
 * @param advice what it could do better; only while queued
 * @param noteQuota only in the answer to a draft for whose note the month's do not reach
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
        String template,
        Integer alternative,

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
        Instant parkedUntil,
        Long secondTryOf,
        Instant erasedAt,
        boolean sentBare,
        String reason,
        Instant estimatedReleaseAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<AdviceGiven> advice,
        @JsonInclude(JsonInclude.Include.NON_NULL) NoteQuotaView noteQuota) {

    public static InvitationView of(Invitation invitation) {
        return of(invitation, Foresight.Estimate.NONE);
    }

    static InvitationView of(Invitation invitation, Foresight.Estimate estimate) {
        return of(invitation, estimate, null);
    }

    static InvitationView of(Invitation invitation, Foresight.Estimate estimate, NoteQuotaView noteQuota) {
        return new InvitationView(
                invitation.id,
                invitation.account,
                invitation.state,
                invitation.person().map(Profile::slug).orElse(null),
                invitation.person().map(Profile::url).orElse(null),
                invitation.firstName,
                invitation.lastName,
                invitation.headline,
                invitation.company,
                invitation.note,
                invitation.template,
                invitation.alternative == null ? null : invitation.alternative.intValue(),
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
                invitation.parkedUntil(),
                invitation.secondTryOf,
                invitation.erasedAt,
                invitation.sentBare,
                estimate.reason(),
                estimate.releaseAt(),
                invitation.state == State.QUEUED && invitation.person().isPresent()
                        ? Advising.of(invitation.draft())
                        : null,
                noteQuota);
    }
}
