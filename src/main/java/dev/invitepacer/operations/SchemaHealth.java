package dev.invitepacer.operations;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers, takes changes, and its schema is there. */
@Readiness
@ApplicationScoped
class SchemaHealth implements HealthCheck {
    private final DataSource database;

    SchemaHealth(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select version, current_setting('transaction_read_only') = 'on'
                          from flyway_schema_history
                         where success
                         order by installed_rank desc
                         limit 1""")) {
            boolean isThere = row.next();
            boolean isReadOnly = isThere && row.getBoolean(2);
            return HealthCheckResponse.named("database schema")
                    .status(isThere && !isReadOnly)
                    .withData("version", isThere ? row.getString(1) : "none")
                    .withData("takesChanges", !isReadOnly)
                    .build();
        } catch (SQLException away) {
            return HealthCheckResponse.named("database schema")
                    .down()
                    .withData("trouble", String.valueOf(away.getSQLState()))
                    .build();
        }
    }
}
