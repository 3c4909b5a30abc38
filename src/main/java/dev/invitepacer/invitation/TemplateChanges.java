package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Makes, changes and deletes templates; each call is one transaction under the account's lock. */
@ApplicationScoped
class TemplateChanges {
    private final Accounts accounts;
    private final Templates templates;
    private final Journal journal;
    private final ServiceClock clock;

    TemplateChanges(Accounts accounts, Templates templates, Journal journal, ServiceClock clock) {
        this.accounts = accounts;
        this.templates = templates;
        this.journal = journal;
        this.clock = clock;
    }

    /** Says whether it is new. Notes that the template has made already stay as they are. */
    @Transactional
    boolean put(String account, String name, ObjectNode body, String actor) {
        accounts.lock(account);
        if (!name.matches(Templates.NAME)) {
            throw Problem.of(
                    Code.TEMPLATE_INVALID,
                    List.of(new Problem.Violation(
                            "template", "must be 1 to 63 of a-z, 0-9 and hyphen, as in java-group")));
        }
        TemplateForm form = TemplateForm.read(body, accounts.settings(account).tier());
        List<String> names = templates.names(account);
        if (names.size() >= Templates.MOST && !names.contains(name)) {
            throw Problem.of(
                    Code.TEMPLATE_INVALID,
                    List.of(new Problem.Violation(
                            "template", "the account has " + Templates.MOST + " templates; delete one first")));
        }
        var now = clock.now();
        boolean isNew = templates.put(account, name, form, now);
        journal.tell(
                account,
                null,
                now,
                isNew ? "template.created" : "template.changed",
                actor,
                Map.of("template", name, "alternatives", form.alternatives().size()));
        return isNew;
    }

    /** Takes it away; notes that it has made stay as they are. 404 where there is none. */
    @Transactional
    void delete(String account, String name, String actor) {
        accounts.lock(account);
        if (!name.matches(Templates.NAME) || !templates.delete(account, name)) {
            throw unknown(name);
        }
        journal.tell(account, null, clock.now(), "template.deleted", actor, Map.of("template", name));
    }

    /** The 404 answer for a template that there is not. */
    static RuntimeException unknown(String name) {
        return Problem.of(
                Code.TEMPLATE_UNKNOWN,
                name.matches(Templates.NAME)
                        ? "The account has no template " + name + "; GET its templates to see their names."
                        : "A template's name is 1 to 63 of a-z, 0-9 and hyphen.");
    }
}
