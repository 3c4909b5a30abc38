package dev.invitepacer.invitation;

import java.util.List;
import java.util.Set;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Advice;
import dev.invitepacer.account.Channel;
import dev.invitepacer.account.Tier;

/**
 * What of an account decides about a draft before the queue is asked.
 *
 * @param tier limits the note
 * @param refused advice that is a refusal here
 * @param templates those that a draft may name
 * @param needsInvitee whether LinkedIn's API must be told whom to invite: see {@link InviteeUrn}
 */
public record DraftRules(Tier tier, Set<Advice> refused, TemplateShelf templates, boolean needsInvitee) {

    /** A membership's rules, without templates and without refused advice. */
    public static DraftRules of(Tier tier) {
        return new DraftRules(tier, Set.of(), TemplateShelf.EMPTY, false);
    }

    public static DraftRules of(AccountSettings settings, TemplateShelf templates) {
        return new DraftRules(
                settings.tier(), settings.refuseAdvice(), templates, settings.channel() == Channel.LINKEDIN);
    }

    /** For a change of what is queued: advice is advice only, and whom it invites does not change. */
    DraftRules lenient() {
        return new DraftRules(tier, Set.of(), templates, false);
    }

    /** The advice on a draft that is a refusal here, in the order of {@link Advice}. */
    List<AdviceGiven> refusals(Draft draft) {
        return refused.isEmpty()
                ? List.of()
                : Advising.of(draft).stream()
                        .filter(given -> refused.contains(given.advice()))
                        .toList();
    }
}
