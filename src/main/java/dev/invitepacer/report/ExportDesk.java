package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Lets so many exports be reconciled at once, since each is held in memory; the rest is asked to come again. */
@ApplicationScoped
class ExportDesk {
    private final LinkedInExport export;
    private final Semaphore places;
    private final int atOnce;

    ExportDesk(LinkedInExport export, PacerConfig config) {
        this.export = export;
        this.atOnce = config.exports().atOnce();
        this.places = new Semaphore(atOnce);
    }

    /** As {@link LinkedInExport#reconcile}; BUSY where there is no place. */
    ExportAnswer reconcile(String account, List<Path> files, boolean isDryRun) {
        if (!places.tryAcquire()) {
            throw Problem.of(
                    Code.BUSY,
                    atOnce + " exports are being reconciled, which is as many as this service takes at once"
                            + " (pacer.exports.at-once). Nothing was changed; send it again in a while.");
        }
        try {
            return export.reconcile(account, files, isDryRun);
        } finally {
            places.release();
        }
    }
}
