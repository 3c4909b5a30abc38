package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;

/** Asks of a queue's beginning what the last look before a release asks of each draft. */
@ApplicationScoped
public class QueueVerdicts {
    private final Session entities;

    QueueVerdicts(Session entities) {
        this.entities = entities;
    }

    /** @param looked how many drafts were asked about */
    public record Verdicts(int looked, Map<String, Integer> refused) {}

    /**
     * What the last look would say now of the {@code most} drafts that were queued first. Indexes: invitation_state, as in
     * the last look.
     */
    public Verdicts of(String account, AccountSettings settings, Instant now, int most) {
        Map<String, Integer> refused = new TreeMap<>();
        int[] looked = new int[1];
        entities.createNativeQuery("""
                select %s as verdict, count(*) as many
                  from (select account, profile, cast(:team as text) as team, cast(:since as timestamptz) as since
                          from invitation
                         where account = :account and state = 'QUEUED'
                         order by id
                         limit :most) as chosen
                 group by 1""".formatted(LastCheck.VERDICT), Tuple.class)
                .addScalar("verdict", String.class)
                .addScalar("many", Integer.class)
                .setParameter("account", account)
                .setParameter("team", settings.group())
                .setParameter("since", now.minus(settings.groupWindow()))
                .setParameter("most", most)
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> {
                    looked[0] += row.get("many", Integer.class);
                    if (row.get("verdict", String.class) != null) {
                        refused.put(row.get("verdict", String.class), row.get("many", Integer.class));
                    }
                });
        return new Verdicts(looked[0], refused);
    }
}
