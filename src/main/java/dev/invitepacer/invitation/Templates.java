package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;

/** The templates at rest. Whoever writes holds the account's lock. Index of every statement: template_pkey. */
@ApplicationScoped
class Templates {
    static final int MOST = 200;
    static final String NAME = "[a-z0-9-]{1,63}";

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {};

    private final Session entities;
    private final ObjectMapper json;

    Templates(Session entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** What decides about drafts of the account; templates are read once, when a draft names one. */
    DraftRules rules(String account, AccountSettings settings) {
        return DraftRules.of(settings, new Shelf(account));
    }

    /** The same with all templates as they are now, for threads without a transaction; equal while nothing changes. */
    DraftRules snapshot(String account, AccountSettings settings) {
        return DraftRules.of(settings, new TemplateSnapshot(page(account, "", MOST)));
    }

    Optional<TemplateView> find(String account, String name) {
        return name.matches(NAME) ? read(account, name, "", 1).stream().findFirst() : Optional.empty();
    }

    /** By name. */
    List<TemplateView> page(String account, String after, int most) {
        return read(account, null, after, most);
    }

    /** Makes it, or puts it in the place of the one of that name; says whether it made it. */
    boolean put(String account, String name, TemplateForm form, Instant now) {
        return (boolean) entities.createNativeQuery("""
                insert into template (account, name, alternatives, fallbacks, created_at, changed_at)
                values (:account, :name, cast(:alternatives as jsonb), cast(:fallbacks as jsonb), :now, :now)
                on conflict (account, name) do update
                   set alternatives = excluded.alternatives, fallbacks = excluded.fallbacks, changed_at = excluded.changed_at
                returning xmax = 0 as is_new""", Boolean.class)
                .addScalar("is_new", Boolean.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("alternatives", write(form.alternatives()))
                .setParameter("fallbacks", write(form.fallbacks()))
                .setParameter("now", now)
                .getSingleResult();
    }

    boolean delete(String account, String name) {
        return entities.createNativeMutationQuery("delete from template where account = :account and name = :name")
                        .setParameter("account", account)
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    List<String> names(String account) {
        return entities.createNativeQuery(
                        "select name from template where account = :account order by name limit " + MOST, String.class)
                .addScalar("name", String.class)
                .setParameter("account", account)
                .getResultList();
    }

    private List<TemplateView> read(String account, String name, String after, int most) {
        return entities.createNativeQuery(
                        "select name, cast(alternatives as text) as alternatives, cast(fallbacks as text) as fallbacks,"
                                + " created_at, changed_at from template where account = :account and name > :after"
                                + (name == null ? "" : " and name = :name") + " order by name limit :most",
                        Tuple.class)
                .addScalar("name", String.class)
                .addScalar("alternatives", String.class)
                .addScalar("fallbacks", String.class)
                .addScalar("created_at", Instant.class)
                .addScalar("changed_at", Instant.class)
                .setParameter("account", account)
                .setParameter("after", after)
                .setParameter("most", most)
                .setProperties(name == null ? Map.of() : Map.of("name", name))
                .getResultStream()
                .map(row -> view(account, (Tuple) row))
                .toList();
    }

    private TemplateView view(String account, Tuple row) {
        try {
            List<String> alternatives = json.readValue(row.get("alternatives", String.class), TEXTS);
            TreeSet<String> variables = new TreeSet<>();
            alternatives.forEach(source -> variables.addAll(new TemplateTags(source).variables()));
            return new TemplateView(
                    account,
                    row.get("name", String.class),
                    alternatives,
                    json.readValue(row.get("fallbacks", String.class), TEXTS_BY_NAME),
                    List.copyOf(variables),
                    row.get("created_at", Instant.class),
                    row.get("changed_at", Instant.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads each template once: a list names the same one in thousands of rows. */
    private final class Shelf implements TemplateShelf {
        private final String account;
        private final Map<String, NoteTemplate> known = new HashMap<>();
        private List<String> names;

        Shelf(String account) {
            this.account = account;
        }

        @Override
        public Optional<NoteTemplate> named(String name) {
            NoteTemplate template = known.get(name);
            if (template == null && names().contains(name)) {
                template = find(account, name)
                        .map(view -> new NoteTemplate(name, view.alternatives(), view.fallbacks()))
                        .orElseThrow();
                known.put(name, template);
            }
            return Optional.ofNullable(template);
        }

        @Override
        public List<String> names() {
            if (names == null) {
                names = Templates.this.names(account);
            }
            return names;
        }
    }
}
