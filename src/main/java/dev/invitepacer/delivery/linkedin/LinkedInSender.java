package dev.invitepacer.delivery.linkedin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.Channel;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.HandOver;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Sender;
import dev.invitepacer.invitation.InviteeUrn;

/**
 * Sends invitations through LinkedIn's API for approved partners. Follows, and withdrawals while their call is not set, are
 * left to people. A token that LinkedIn does not take pauses its account.
 */
@ApplicationScoped
class LinkedInSender implements Sender {
    private static final int LONGEST_REFERENCE = 200;

    private final LinkedInApi api;
    private final AccessTokens tokens;
    private final Inviters inviters;
    private final WithdrawalCall withdrawal;

    @Inject
    LinkedInSender(LinkedInApi api, AccessTokens tokens, Inviters inviters, PacerConfig config) {
        this(api, tokens, inviters, WithdrawalCall.of(config.linkedin().withdrawal()));
    }

    LinkedInSender(LinkedInApi api, AccessTokens tokens, Inviters inviters, WithdrawalCall withdrawal) {
        this.api = api;
        this.tokens = tokens;
        this.inviters = inviters;
        this.withdrawal = withdrawal;
    }

    @Override
    public Channel channel() {
        return Channel.LINKEDIN;
    }

    @Override
    public Outcome handOver(HandOver work) {
        return switch (work.kind()) {
            case SEND ->
                InviteeUrn.of(work.memberUrn(), work.email())
                        .map(invitee -> send(work, invitee))
                        .orElseGet(() ->
                                new Outcome.Failed("The invitation has neither a member's URN nor an e-mail address,"
                                        + " and LinkedIn's API knows people by nothing else"));
            case WITHDRAW ->
                withdrawal
                        .of(work.reference())
                        .map(call -> withdraw(work, call))
                        .orElseGet(Outcome.Taken::new);
            case FOLLOW -> new Outcome.Taken();
        };
    }

    private Outcome send(HandOver work, String invitee) {
        return asking(
                work.account(),
                token -> api.invite(token, InvitationJson.of(invitee, work.note())),
                answer -> answer.status() == 201
                        ? Optional.of(new Outcome.Done(null, reference(answer)))
                        : Optional.empty());
    }

    private Outcome withdraw(HandOver work, WithdrawalCall.Request call) {
        return asking(
                work.account(),
                token -> api.withdraw(token, call),
                answer -> answer.status() / 100 == 2
                        ? Optional.of(new Outcome.Done(null, work.reference()))
                        : Optional.empty());
    }

    private interface Question {
        Reply ask(AccessToken token);
    }

    private interface Success {
        Optional<Outcome> in(Reply.Answered answer);
    }

    private Outcome asking(String account, Question question, Success success) {
        AccessToken token;
        try {
            token = tokens.named(inviters.tokenOf(account));
        } catch (AccessTokens.Unusable none) {
            return withoutToken(account, none.getMessage());
        }
        Reply reply = question.ask(token);
        if (reply instanceof Reply.NotAsked notAsked) {
            return new Outcome.Refused(Outcome.Reach.TRY, null, null, notAsked.detail());
        }
        if (reply instanceof Reply.Unanswered unanswered) {
            return new Outcome.InDoubt(unanswered.detail());
        }
        Reply.Answered answer = (Reply.Answered) reply;
        return success.in(answer).orElseGet(() -> ofRefusal(account, answer, token));
    }

    private Outcome ofRefusal(String account, Reply.Answered answer, AccessToken token) {
        String detail = Refusals.detail(answer, token);
        if (Refusals.isOfToken(answer)) {
            return withoutToken(account, detail);
        }
        if (Refusals.isForNow(answer)) {
            Instant until = Refusals.until(answer, inviters.now());
            // That it broke may be because of this very request, which is then not asked for ever.
            boolean isOfTheTry = answer.status() == Refusals.INTERNAL_ERROR && until == null;
            return new Outcome.Refused(isOfTheTry ? Outcome.Reach.TRY : Outcome.Reach.LANE, null, until, detail);
        }
        return answer.status() / 100 == 2
                ? new Outcome.InDoubt(detail + ", which is not what it says on success")
                : new Outcome.Failed(detail);
    }

    /** Nothing was sent: the task waits for a token as long as the account is paused, and no more are released meanwhile. */
    private Outcome withoutToken(String account, String detail) {
        inviters.pause(account, Inviters.reason(detail));
        return new Outcome.Refused(Outcome.Reach.LANE, null, inviters.now(), detail);
    }

    private static String reference(Reply.Answered answer) {
        return answer.headers()
                .firstValue("x-linkedin-id")
                .filter(id -> !id.isBlank() && id.length() <= LONGEST_REFERENCE)
                .orElse(null);
    }
}
