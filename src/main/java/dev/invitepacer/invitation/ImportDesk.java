package dev.invitepacer.invitation;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Lets so many imports run at once, in the caller's thread or behind its back; the rest is asked to come again. */
@ApplicationScoped
class ImportDesk {
    private static final Logger LOG = Logger.getLogger(ImportDesk.class);
    private static final int STOP_SECONDS = 15;

    private final Import imports;
    private final Semaphore places;
    private final int atOnce;
    private final ExecutorService behind;

    ImportDesk(Import imports, PacerConfig config) {
        this.imports = imports;
        this.atOnce = config.imports().atOnce();
        this.places = new Semaphore(atOnce);
        this.behind = Executors.newFixedThreadPool(atOnce, work -> new Thread(work, "import"));
    }

    /** Imports the list and comes back when it is done. The list is closed in any case, as with {@link #begin}. */
    Import.Opened wait(String account, DraftList list, boolean isDryRun, OnCooldown onCooldown, String actor) {
        try (list) {
            requirePlace();
            try {
                Import.Opened opened = imports.open(account, list, isDryRun, onCooldown, actor);
                imports.run(opened, list);
                return opened;
            } finally {
                places.release();
            }
        }
    }

    /** Opens the import, and comes back while it runs. */
    Import.Opened begin(String account, DraftList list, boolean isDryRun, OnCooldown onCooldown, String actor) {
        boolean isHandedOver = false;
        boolean hasPlace = false;
        try {
            requirePlace();
            hasPlace = true;
            Import.Opened opened = imports.open(account, list, isDryRun, onCooldown, actor);
            behind.execute(() -> work(opened, list));
            isHandedOver = true;
            return opened;
        } catch (RejectedExecutionException stopping) {
            throw Problem.of(Code.BUSY, "The service is stopping; send the list again in a while.");
        } finally {
            if (!isHandedOver) {
                list.close();
                places.release(hasPlace ? 1 : 0);
            }
        }
    }

    private void work(Import.Opened opened, DraftList list) {
        try (list) {
            imports.run(opened, list);
        } catch (RuntimeException stopped) {
            LOG.infof("Import %d of account %s: %s", opened.id(), opened.account(), stopped.getMessage());
        } finally {
            places.release();
        }
    }

    private void requirePlace() {
        if (!places.tryAcquire()) {
            throw Problem.of(
                    Code.BUSY,
                    atOnce + " lists are being imported, which is as many as this service takes at once"
                            + " (pacer.imports.at-once). Nothing was changed; send it again in a while.");
        }
    }

    void stop(@Observes @Priority(2) ShutdownEvent event) {
        behind.shutdown();
        try {
            if (!behind.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("An import does not stop; what it has not taken is told by the next process");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
