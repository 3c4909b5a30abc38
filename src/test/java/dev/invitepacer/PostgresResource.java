package dev.invitepacer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.Map;

import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * Gives each started application an empty database of its own on the server that the test JVM shares:
 * {@code @WithTestResource(PostgresResource.class)}.
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private TestPostgres.Database database;

    @Override
    public Map<String, String> start() {
        database = TestPostgres.shared().createDatabase();
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }

    @Override
    public void stop() {
        if (database != null) {
            try {
                var name = database.url().substring(database.url().lastIndexOf('/') + 1);
                TestPostgres.shared().database("pacer").execute("drop database " + name + " with (force)");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
