package dev.invitepacer.simulation;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Shares;

/**
 * What PostgreSQL holds, as {@link Rows}: after each commit it reads the rows that the commit has touched, whichever statement
 * did it. Triggers write those down.
 */
final class Mirror implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

    private static final String[] TRIGGERS = {
        "create unlogged table if not exists simulation_touched (kind text, account text, id bigint)", """
        create or replace function simulation_touches() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' then
            insert into simulation_touched values (tg_table_name, old.account, old.id);
          else
            insert into simulation_touched values (tg_table_name, new.account, new.id);
          end if;
          return null;
        end $$""", """
        create or replace function simulation_touches_account() returns trigger language plpgsql as $$
        begin
          insert into simulation_touched values (tg_table_name, new.account, 0);
          return null;
        end $$"""
    };

    private static final String READ = """
            with touched as (delete from simulation_touched returning kind, account, id),
                 own as (select distinct kind, account, id from touched)
            select 1, o.account, o.id, cast(to_jsonb(r) - 'fields' as text)
              from own o join invitation r on r.account = o.account and r.id = o.id where o.kind = 'invitation'
            union all
            select 2, o.account, o.id, cast(to_jsonb(r) as text)
              from own o join task r on r.id = o.id where o.kind = 'task'
            union all
            select 3, o.account, o.id, cast(to_jsonb(r) as text)
              from own o join ledger r on r.account = o.account and r.id = o.id where o.kind = 'ledger'
            union all
            select 4, o.account, 0, cast(to_jsonb(r) as text)
              from own o join campaign r on r.account = o.account where o.kind = 'campaign'
            union all
            select 5, o.account, 0, cast(r.settings as text)
              from own o join account r on r.account = o.account where o.kind = 'account'
            union all
            select 6, o.account, 0, cast(to_jsonb(r) as text)
              from own o join pace r on r.account = o.account where o.kind = 'pace'
             order by 1, 2, 3""";

    private final World world;
    private final Connection connection;
    private final PreparedStatement read;
    private final Accounts accounts;
    private final Map<String, Rows> rows = new LinkedHashMap<>();

    /** Keeps the connection for itself until it is closed. */
    Mirror(World world, Connection connection, Accounts accounts) throws SQLException {
        this.world = world;
        this.connection = connection;
        this.accounts = accounts;
        SteppedDriver.devote(connection);
        try (Statement statement = connection.createStatement()) {
            for (String sql : TRIGGERS) {
                statement.execute(sql);
            }
            for (String table : new String[] {"invitation", "task", "ledger"}) {
                statement.execute("create or replace trigger simulation_touches after insert or update or delete on "
                        + table + " for each row execute function simulation_touches()");
            }
            for (String table : new String[] {"campaign", "account", "pace"}) {
                statement.execute("create or replace trigger simulation_touches after insert or update on " + table
                        + " for each row execute function simulation_touches_account()");
            }
            statement.execute("truncate simulation_touched");
        }
        this.read = connection.prepareStatement(READ);
    }

    void add(Rows added) {
        rows.put(added.account, added);
    }

    /** Reads what was committed since it was last asked: a unit for each account. */
    Collection<Unit> changes(String work) {
        Map<String, Change> changes = new LinkedHashMap<>();
        try (ResultSet result = read.executeQuery()) {
            while (result.next()) {
                Rows of = rows.get(result.getString(2));
                if (of == null) {
                    throw new IllegalStateException("nobody knows account " + result.getString(2));
                }
                changes.computeIfAbsent(of.account, none -> new Change(of)).take(result.getInt(1), result.getString(4));
            }
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
        return changes.values().stream().map(change -> change.unit(work)).toList();
    }

    /** What one commit has done to an account. */
    private final class Change {
        private final Rows rows;
        private final Map<Long, Invitation> invitations = new LinkedHashMap<>();
        private final Map<Long, State> before = new LinkedHashMap<>();
        private final Map<Long, Task> tasks = new LinkedHashMap<>();
        private final Map<Long, Booking> booked = new LinkedHashMap<>();
        private boolean isPaced;

        Change(Rows rows) {
            this.rows = rows;
        }

        void take(int kind, String json) throws JsonProcessingException {
            switch (kind) {
                case 1 -> invitation(JSON.readValue(json, Invitation.class));
                case 2 -> task(JSON.readValue(json, Task.class));
                case 3 -> booking(JSON.readTree(json));
                case 4 -> campaign(JSON.readTree(json));
                case 5 -> {
                    rows.settings = accounts.settingsAtRest(json);
                    rows.version++;
                }
                case 6 -> pace(json);
                default -> throw new IllegalStateException("kind " + kind);
            }
        }

        private void invitation(Invitation now) {
            Invitation then = rows.invitation(now.id);
            if (then != null) {
                before.put(now.id, then.state);
            }
            invitations.put(now.id, now);
            rows.keep(now);
        }

        private void task(Task now) {
            Task then = rows.task(now.id);
            Task row = then == null ? now : then;
            UUID run = TasksOfMemory.run(row);
            Instant until = TasksOfMemory.runUntil(row);
            boolean wasBegun = TasksOfMemory.isBegun(row);
            if (then != null) {
                TasksOfMemory.merge(now, TasksOfMemory.copy(then), then);
            }
            if (TasksOfMemory.isRunning(row)) {
                // The lease is the database's own time, which passes in no simulation.
                boolean isSame =
                        then != null && TasksOfMemory.run(row).equals(run) && wasBegun == TasksOfMemory.isBegun(row);
                TasksOfMemory.renew(row, isSame ? until : world.serviceTime().plus(MemoryStore.LEASE));
            }
            tasks.put(row.id, row);
            if (then == null && !row.isOpen()) {
                throw new IllegalStateException("task " + row.id + " is closed before anybody saw it open");
            }
            rows.keep(row);
        }

        private void booking(JsonNode now) {
            long id = now.path("id").asLong();
            Booking row =
                    rows.ledger.stream().filter(one -> one.id == id).findFirst().orElse(null);
            if (row == null) {
                row = new Booking(
                        id,
                        instant(now, "at"),
                        now.path("kind").asText().equals("RELEASE"),
                        now.path("invitation").isNull()
                                ? null
                                : now.path("invitation").asLong());
                booked.put(id, row);
                rows.keep(row);
            }
            row.returnedAt = instant(now, "returned_at");
            row.isTakenBack = now.path("taken_back").asBoolean();
        }

        private void campaign(JsonNode now) {
            String name = now.path("name").asText();
            rows.campaigns.put(
                    name,
                    new Shares.Campaign(
                            name,
                            now.path("weight").asInt(),
                            now.path("share_tag").asLong(),
                            now.path("in_line").asBoolean()));
        }

        private void pace(String json) throws JsonProcessingException {
            JsonNode now = JSON.readTree(json);
            rows.pace = JSON.treeToValue(now, Pace.class);
            rows.retryAt = instant(now, "retry_at");
            rows.nightRetryAt = instant(now, "nightly_retry_at");
            rows.shareTime = now.path("share_time").asLong();
            Instant anchor = instant(now, "bucket_anchor");
            rows.bucket = anchor == null
                    ? Bucket.full()
                    : new Bucket(
                            anchor,
                            Duration.ofNanos(now.path("bucket_offset").asLong()),
                            Duration.ofNanos(now.path("bucket_interval").asLong()));
            isPaced = true;
        }

        Unit unit(String work) {
            boolean isSweep =
                    work.equals(World.LOOK) && invitations.values().stream().anyMatch(one -> one.state == State.LAPSED);
            Unit unit = new Unit(isSweep ? World.LAPSE : work, rows);
            unit.invitations.putAll(invitations);
            unit.before.putAll(before);
            unit.tasks.putAll(tasks);
            unit.booked.addAll(booked.values());
            unit.isLook = isPaced && unit.work.equals(World.LOOK);
            if (unit.isLook) {
                rows.lookedUnderClock = world.clock();
            }
            rows.refresh();
            return unit;
        }
    }

    private static Instant instant(JsonNode row, String column) {
        String text = row.path(column).asText(null);
        return row.path(column).isNull() || text == null
                ? null
                : OffsetDateTime.parse(text).toInstant();
    }

    /** From here on nobody writes down what is touched. */
    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"invitation", "task", "ledger", "campaign", "account", "pace"}) {
                statement.execute("drop trigger simulation_touches on " + table);
            }
            statement.execute("drop function simulation_touches, simulation_touches_account");
            statement.execute("drop table simulation_touched");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
