package dev.invitepacer.invitation;

import dev.invitepacer.web.CsvCells;

/** Invitations as a file: the columns of a list of drafts, and what became of each. */
final class InvitationCsv {
    static final String HEADER =
            "id,state,profile,firstName,lastName,headline,company,note,template,degree,priority,campaign,"
                    + "source,notBefore,lapsesAt,memberUrn,email,queuedAt,releasedAt,sentAt,endedAt\r\n";

    private InvitationCsv() {}

    static String line(Invitation one) {
        return CsvCells.line(
                one.id,
                one.state,
                one.person().map(Profile::url).orElse(null),
                one.firstName,
                one.lastName,
                one.headline,
                one.company,
                one.note,
                one.template,
                one.degree,
                one.priority,
                one.campaign,
                one.source,
                one.notBefore,
                one.lapsesAt,
                one.memberUrn,
                one.email,
                one.queuedAt,
                one.releasedAt,
                one.sentAt,
                one.endedAt);
    }
}
