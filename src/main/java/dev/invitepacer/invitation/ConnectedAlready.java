package dev.invitepacer.invitation;

/** Tells those who were connections before they were invited from those who accepted. Both end as accepted. */
public final class ConnectedAlready {
    /**
     * Whether nothing was sent to {@code i}, an invitation, since LinkedIn said that the two are connected. Index:
     * task_invitation.
     */
    public static final String CONDITION = """
            (i.state = 'ACCEPTED' and i.sent_at is null
              and exists (select from task t
                           where t.account = i.account
                             and t.invitation = i.id
                             and t.kind = 'SEND'
                             and t.attempt = i.attempt
                             and t.outcome = 'REFUSED'))
            """.stripTrailing();

    private ConnectedAlready() {}
}
