package dev.invitepacer.invitation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Tick;

/** Ends imports whose process has died, drops listed rows that are kept no longer, and deletes imports after a year. */
@ApplicationScoped
public class ImportSweep {
    private static final Logger LOG = Logger.getLogger(ImportSweep.class);
    private static final int MOST = 100;

    /** For how long after its end an import's figures can be read. */
    private static final Duration FIGURES = Duration.ofHours(365 * 24);

    private final Imports imports;
    private final Import work;
    private final ServiceClock clock;
    private final Duration keep;

    ImportSweep(Imports imports, Import work, ServiceClock clock, PacerConfig config) {
        this.imports = imports;
        this.work = work;
        this.clock = clock;
        this.keep = config.imports().keepRows();
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Imports are not swept")
    void scheduled() {
        round();
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Imports are not deleted")
    void scheduledDeletion() {
        deleteOld();
    }

    /** Sweeps up to {@value #MOST} of each. */
    public void round() {
        List<Imports.Orphan> orphans = QuarkusTransaction.requiringNew().call(() -> imports.orphans(MOST));
        for (Imports.Orphan orphan : orphans) {
            try {
                work.stopOrphan(orphan);
            } catch (HttpProblem accountGone) {
                LOG.debugf("Account %s went with its imports", orphan.account());
            }
        }
        QuarkusTransaction.requiringNew().run(() -> imports.dropRows(clock.now().minus(keep), MOST));
    }

    /** Deletes up to {@value #MOST} imports that ended a year ago. */
    public void deleteOld() {
        QuarkusTransaction.requiringNew().run(() -> imports.delete(clock.now().minus(FIGURES), MOST));
    }
}
