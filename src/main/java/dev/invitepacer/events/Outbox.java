package dev.invitepacer.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.config.PacerConfig;

/**
 * The events in the order in which they are told.
 *
 * <p>An event is written in the transaction of what it tells, and numbered after that has committed, by whoever holds the
 * counter's row. So numbers become visible in their order: who has read up to a number has missed nothing below it, and a
 * transaction that stays open holds up nobody but itself. Those of an account are numbered as they happened, since
 * whoever changes an account holds its lock.
 */
@ApplicationScoped
public class Outbox {
    /** The most that one transaction numbers or forgets. */
    static final int BATCH = 2_000;

    /** How many positions one read goes through at most, however few of them are wanted. */
    static final int FURTHEST = 5_000;

    private final Session entities;
    private final ObjectMapper json;
    private final Duration keep;

    Outbox(Session entities, ObjectMapper json, PacerConfig config) {
        this.entities = entities;
        this.json = json;
        this.keep = config.events().keep();
    }

    /** How far the order goes: from the first after {@code forgotten} to {@code last}. */
    record Reach(String series, long last, long forgotten) {
        Position at(long number) {
            return new Position(series, number);
        }
    }

    /**
     * Some events after a position, in order.
     *
     * @param upTo all wanted events up to here are among them
     * @param isGap whether some between the position and these are forgotten, and may be missing
     */
    record Stretch(List<Event> events, long upTo, boolean isGap) {}

    @Transactional
    Reach reach() {
        return reach("select series, last, forgotten from event_series").orElseThrow();
    }

    /**
     * Numbers what has been committed since, at most {@value #BATCH}; says how many events it looked at. Nothing where
     * another process is at it. Index: event_waiting.
     */
    @Transactional
    public int number() {
        Optional<Reach> reach = reach("select series, last, forgotten from event_series for update skip locked");
        if (reach.isEmpty()) {
            return 0;
        }
        // A statement of its own: it sees all that was committed before the counter was locked.
        List<Tuple> waiting = entities.createNativeQuery("""
                select id, type, cast(data as text) as data from event
                 where position is null
                 order by id
                 limit :most""", Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("type", String.class)
                .addScalar("data", String.class)
                .setParameter("most", BATCH)
                .getResultList();
        if (!waiting.isEmpty()) {
            number(waiting, reach.get().last());
        }
        return waiting.size();
    }

    private void number(List<Tuple> waiting, long last) {
        List<Long> ids = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<String> data = new ArrayList<>();
        List<Long> untold = new ArrayList<>();
        for (Tuple row : waiting) {
            Long id = row.get("id", Long.class);
            Optional<Telling> telling = Telling.of(row.get("type", String.class), read(row.get("data", String.class)));
            if (telling.isEmpty()) {
                untold.add(id);
                continue;
            }
            ids.add(id);
            positions.add(last + ids.size());
            types.add(telling.get().type().text());
            data.add(telling.get().data().toString());
        }
        write(ids, positions, types, data);
        delete(untold);
        entities.createNativeMutationQuery("update event_series set last = :last")
                .setParameter("last", last + ids.size())
                .executeUpdate();
    }

    /** Index: the key of event. */
    private void write(List<Long> ids, List<Long> positions, List<String> types, List<String> data) {
        if (ids.isEmpty()) {
            return;
        }
        entities.createNativeMutationQuery("""
                update event e
                   set position = n.position, told_at = (select service_now()), type = n.type, data = cast(n.data as jsonb)
                  from unnest(:ids, :positions, :types, :data) as n (id, position, type, data)
                 where e.id = n.id""")
                .setParameter("ids", ids.toArray(Long[]::new))
                .setParameter("positions", positions.toArray(Long[]::new))
                .setParameter("types", types.toArray(String[]::new))
                .setParameter("data", data.toArray(String[]::new))
                .executeUpdate();
    }

    /** Index: the key of event. */
    private void delete(List<Long> ids) {
        if (!ids.isEmpty()) {
            entities.createNativeMutationQuery("delete from event where id = any(:ids)")
                    .setParameter("ids", ids.toArray(Long[]::new))
                    .executeUpdate();
        }
    }

    /**
     * Deletes events that have been kept for {@code pacer.events.keep}, the oldest first, at most {@value #BATCH}; says how
     * many. Index: event_position.
     */
    @Transactional
    public int forget() {
        Optional<Reach> reach = reach("select series, last, forgotten from event_series for update skip locked");
        if (reach.isEmpty()) {
            return 0;
        }
        Tuple deleted = entities.createNativeQuery("""
                with oldest as (
                  select position, told_at from event
                   where position > :forgotten
                   order by position
                   limit :most),
                gone as (
                  delete from event
                   where position in (select position from oldest
                                       where told_at < (select service_now()) - make_interval(secs => :keep))
                  returning position)
                select count(*) as gone, max(position) as upto from gone""", Tuple.class)
                .addScalar("gone", Integer.class)
                .addScalar("upto", Long.class)
                .setParameter("forgotten", reach.get().forgotten())
                .setParameter("most", BATCH)
                .setParameter("keep", (double) keep.toSeconds())
                .getSingleResult();
        if (deleted.get("gone", Integer.class) > 0) {
            entities.createNativeMutationQuery("update event_series set forgotten = greatest(forgotten, :upto)")
                    .setParameter("upto", deleted.get("upto", Long.class))
                    .executeUpdate();
        }
        return deleted.get("gone", Integer.class);
    }

    /**
     * What comes after a position, at most {@code most} events and {@value #FURTHEST} positions further. Indexes:
     * event_position, or event_account; the key of invitation.
     */
    @Transactional
    Stretch after(long position, Filter filter, int most) {
        Reach reach = reach();
        long end = Math.min(reach.last(), position + FURTHEST);
        List<Event> events = entities
                .createNativeQuery("""
                select e.position, e.type, e.account, e.invitation, e.at, cast(e.data as text) as data,
                       case when i.profile not like 'erased:%' then i.profile end as profile, i.campaign
                  from event e
                  left join invitation i on i.account = e.account and i.id = e.invitation
                 where e.position > :after and e.position <= :end
                   and (:anyAccount or e.account = any(:accounts))
                   and (:anyType or e.type = any(:types))
                 order by e.position
                 limit :most""", Tuple.class)
                .addScalar("position", Long.class)
                .addScalar("type", String.class)
                .addScalar("account", String.class)
                .addScalar("invitation", Long.class)
                .addScalar("at", Instant.class)
                .addScalar("data", String.class)
                .addScalar("profile", String.class)
                .addScalar("campaign", String.class)
                .setParameter("after", position)
                .setParameter("end", end)
                .setParameter("anyAccount", filter.accounts().isEmpty())
                .setParameter("accounts", filter.accounts().toArray(String[]::new))
                .setParameter("anyType", filter.types().isEmpty())
                .setParameter("types", filter.types().toArray(String[]::new))
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row -> event(reach, row))
                .toList();
        long upTo = events.size() == most ? events.get(most - 1).number() : Math.max(end, position);
        // Asked last: what was forgotten meanwhile may be missing above.
        return new Stretch(events, upTo, reach().forgotten() > position);
    }

    private Event event(Reach reach, Tuple row) {
        ObjectNode data = json.createObjectNode();
        data.put("account", row.get("account", String.class));
        Long invitation = row.get("invitation", Long.class);
        if (invitation != null) {
            data.put("invitation", invitation);
            put(data, "profile", row.get("profile", String.class));
            put(data, "campaign", row.get("campaign", String.class));
        }
        JsonNode own = read(row.get("data", String.class));
        if (own instanceof ObjectNode fields) {
            data.setAll(fields);
        }
        long number = row.get("position", Long.class);
        return new Event(
                number, reach.at(number).toString(), row.get("type", String.class), row.get("at", Instant.class), data);
    }

    private static void put(ObjectNode data, String field, String value) {
        if (value != null) {
            data.put(field, value);
        }
    }

    private Optional<Reach> reach(String sql) {
        return entities.createNativeQuery(sql, Tuple.class)
                .addScalar("series", String.class)
                .addScalar("last", Long.class)
                .addScalar("forgotten", Long.class)
                .getResultStream()
                .findFirst()
                .map(row -> new Reach(
                        row.get("series", String.class),
                        row.get("last", Long.class),
                        row.get("forgotten", Long.class)));
    }

    private JsonNode read(String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
