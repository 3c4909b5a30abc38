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

/** The database answers, and its schema is there. */
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
                ResultSet row =
                        statement.executeQuery("select max(version) from flyway_schema_history where success")) {
            row.next();
            return HealthCheckResponse.named("database schema")
                    .up()
                    .withData("version", String.valueOf(row.getString(1)))
                    .build();
        } catch (SQLException away) {
            return HealthCheckResponse.named("database schema")
                    .down()
                    .withData("trouble", String.valueOf(away.getSQLState()))
                    .build();
        }
    }
}
