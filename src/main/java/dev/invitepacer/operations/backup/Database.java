package dev.invitepacer.operations.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.postgresql.Driver;

import dev.invitepacer.operations.embedded.Postgres;
import dev.invitepacer.operations.embedded.Settings;

/** The database that the service would use with the same configuration, running or not. Closing it stops what it started. */
final class Database implements AutoCloseable {
    private static final String DATASOURCE = "quarkus.datasource.";

    private final Connection connection;
    private final Optional<Postgres> started;

    private Database(Connection connection, Optional<Postgres> started) {
        this.connection = connection;
        this.started = started;
    }

    static Database of(Config config) throws SQLException {
        Optional<String> url = config.getOptionalValue(DATASOURCE + "jdbc.url", String.class);
        if (url.isPresent()) {
            return new Database(
                    connect(
                            url.get(),
                            config.getOptionalValue(DATASOURCE + "username", String.class)
                                    .orElse(""),
                            config.getOptionalValue(DATASOURCE + "password", String.class)
                                    .orElse("")),
                    Optional.empty());
        }
        Settings settings = Settings.from(config);
        Optional<Postgres.Access> running = Postgres.running(settings);
        if (running.isPresent()) {
            return new Database(
                    connect(
                            running.get().jdbcUrl(),
                            running.get().user(),
                            running.get().password()),
                    Optional.empty());
        }
        Postgres own = Postgres.start(settings);
        try {
            return new Database(connect(own.jdbcUrl(), own.user(), own.password()), Optional.of(own));
        } catch (SQLException | RuntimeException failure) {
            own.close();
            throw failure;
        }
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "invite-pacer-backup");
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("quarkus.datasource.jdbc.url is no address of a PostgreSQL: " + url);
        }
        connection.setAutoCommit(false);
        return connection;
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The version of the schema; nothing where the service has made no tables yet. */
    Optional<String> schema() throws SQLException {
        boolean isThere = texts("select to_regclass('flyway_schema_history') is not null")
                .get(0)
                .equals("t");
        return isThere
                ? texts("select version from flyway_schema_history where success order by installed_rank desc limit 1")
                        .stream()
                        .findFirst()
                : Optional.empty();
    }

    /** The tables with what people put into them, each after those that it refers to. */
    List<String> tables() throws SQLException {
        return texts("""
                with recursive mine as (
                  select oid, relname::text as name
                    from pg_class
                   where relkind = 'r' and relnamespace = current_schema()::regnamespace
                     and relname <> 'flyway_schema_history'),
                reached (oid, depth) as (
                  select oid, 0 from mine
                  union
                  select c.conrelid, depth + 1
                    from reached join pg_constraint c on c.confrelid = reached.oid
                   where c.contype = 'f' and c.conrelid <> c.confrelid and depth < 100)
                select name
                  from reached join mine using (oid)
                 group by name
                 order by max(depth), name""");
    }

    /** The columns of a table that hold what was written, not what is computed from it. */
    List<String> columns(String table) throws SQLException {
        return texts("select quote_ident(attname) from pg_attribute where attrelid = '" + table
                + "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum");
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } finally {
            started.ifPresent(Postgres::close);
        }
    }
}
