package dev.invitepacer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

import dev.invitepacer.operations.embedded.TestPostgres.Database;

class PostgresResourceTest {

    @Test
    void eachApplicationGetsADatabaseOfItsOwnForAsLongAsItRuns() throws Exception {
        var one = new PostgresResource();
        var other = new PostgresResource();
        var first = database(one.start());
        var second = database(other.start());
        first.execute("create table taken (word text)");

        assertThat(second.query("select count(*) from pg_tables where tablename = 'taken'"))
                .isEqualTo("0");

        one.stop();
        other.stop();
        assertThatThrownBy(() -> first.query("select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not exist");
    }

    private static Database database(Map<String, String> properties) {
        return new Database(
                properties.get("quarkus.datasource.jdbc.url"),
                properties.get("quarkus.datasource.username"),
                properties.get("quarkus.datasource.password"));
    }
}
