package dev.invitepacer.insight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;

import dev.invitepacer.account.AccountChanges;
import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.release.Paces;
import dev.invitepacer.release.QueueVerdicts;
import dev.invitepacer.time.ServiceClock;

/**
 * Makes a change of settings, looks at what it does, and takes it back: so it is refused as the change is, and foretold as
 * the changed account is. Nobody else ever sees it; the account's lock is held meanwhile.
 */
@ApplicationScoped
class Preview {
    private static final int MOST_LOOKED_AT = 2_000;

    private final Accounts accounts;
    private final AccountChanges changes;
    private final Paces paces;
    private final Foretelling foretelling;
    private final QueueVerdicts verdicts;
    private final Session entities;
    private final ServiceClock clock;
    private final TransactionSynchronizationRegistry transaction;

    Preview(
            Accounts accounts,
            AccountChanges changes,
            Paces paces,
            Foretelling foretelling,
            QueueVerdicts verdicts,
            Session entities,
            ServiceClock clock,
            TransactionSynchronizationRegistry transaction) {
        this.accounts = accounts;
        this.changes = changes;
        this.paces = paces;
        this.foretelling = foretelling;
        this.verdicts = verdicts;
        this.entities = entities;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Transactional
    PreviewView of(String account, ObjectNode patch, ForecastQuestion question, boolean seesAll, String actor) {
        accounts.lock(account);
        Instant now = clock.now();
        AccountSettings former = accounts.settings(account);
        PreviewView.Side before = side(account, question, now);
        changes.patch(account, patch, seesAll, actor);
        entities.flush();
        AccountSettings settings = accounts.settings(account);
        PreviewView.Side after = side(account, question, now);
        boolean isOtherTeam = !Objects.equals(former.group(), settings.group())
                || !former.groupWindow().equals(settings.groupWindow());
        QueueVerdicts.Verdicts verdict = verdicts.of(account, settings, now, isOtherTeam ? MOST_LOOKED_AT : 0);
        PreviewView view = new PreviewView(
                account,
                now,
                now.plus(Duration.ofHours(24L * question.days())),
                AccountChanges.changes(former, settings),
                before,
                after,
                after.released() - before.released(),
                before.queueEmptyAt() == null || after.queueEmptyAt() == null
                        ? null
                        : Duration.between(before.queueEmptyAt(), after.queueEmptyAt()),
                isOtherTeam ? newly(account, former, verdict, now) : List.of(),
                verdict.looked());
        transaction.setRollbackOnly();
        return view;
    }

    private PreviewView.Side side(String account, ForecastQuestion question, Instant now) {
        return PreviewView.Side.of(paces.of(List.of(account), now).get(0), foretelling.of(account, question, now));
    }

    /** What the last look says with the new settings, less what it says with the former ones. */
    private List<ForecastView.NotWithin> newly(
            String account, AccountSettings former, QueueVerdicts.Verdicts verdict, Instant now) {
        QueueVerdicts.Verdicts before = verdicts.of(account, former, now, MOST_LOOKED_AT);
        return verdict.refused().entrySet().stream()
                .map(refused -> new ForecastView.NotWithin(
                        refused.getKey(), refused.getValue() - before.refused().getOrDefault(refused.getKey(), 0)))
                .filter(refused -> refused.count() > 0)
                .toList();
    }
}
