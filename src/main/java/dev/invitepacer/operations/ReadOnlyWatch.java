package dev.invitepacer.operations;

import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Tick;

/**
 * Opens new connections where the old ones take no changes: a session keeps the mode it began with, also after the server has
 * become a primary or its database has been set to take changes again.
 */
@ApplicationScoped
class ReadOnlyWatch {
    private static final Logger LOG = Logger.getLogger(ReadOnlyWatch.class);

    private final AgroalDataSource database;
    private boolean wasReadOnly;

    ReadOnlyWatch(AgroalDataSource database) {
        this.database = database;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Whether the database takes changes is not looked at")
    void look() {
        boolean isReadOnly;
        try {
            isReadOnly = isReadOnly();
        } catch (SQLException away) {
            // The loops tell of it; a connection that is broken is replaced by the pool itself.
            return;
        }
        if (isReadOnly && !wasReadOnly) {
            LOG.warn(
                    "The database takes no changes: it is a standby, or set to read only. Nothing is released until it does");
        } else if (!isReadOnly && wasReadOnly) {
            LOG.info("The database takes changes again");
        }
        // Once more after the first that takes changes: others of the pool may have been opened before.
        if (isReadOnly || wasReadOnly) {
            database.flush(AgroalDataSource.FlushMode.GRACEFUL);
        }
        wasReadOnly = isReadOnly;
    }

    private boolean isReadOnly() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('transaction_read_only') = 'on'")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
