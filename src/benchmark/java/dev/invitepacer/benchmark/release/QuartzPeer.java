package dev.invitepacer.benchmark.release;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz with its JDBC store, clustered: one job, and for each release a trigger that fires once and is named by its account. */
final class QuartzPeer implements Peer {
    private static final String MODEL = "the-model";
    private static DataSource house;

    /** The job. */
    public static final class ReleaseJob implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Rows.release(house, context.getTrigger().getKey().getName());
            } catch (SQLException failure) {
                throw new JobExecutionException(failure);
            }
        }
    }

    private record Pool(DataSource database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void shutdown() {
            // It is the process's.
        }

        @Override
        public void initialize() {
            // It is there already.
        }
    }

    private Scheduler scheduler;

    /** One trigger is made by Quartz itself; the others are the same but for their account. */
    @Override
    public void prepare(DataSource database) throws Exception {
        house = database;
        try (InputStream tables = Job.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
            Peer.execute(database, new String(tables.readAllBytes(), StandardCharsets.UTF_8));
        }
        DBConnectionManager.getInstance().addConnectionProvider("house", new Pool(database));
        scheduler = new StdSchedulerFactory(properties()).getScheduler();
        scheduler.scheduleJob(
                JobBuilder.newJob(ReleaseJob.class)
                        .withIdentity("release")
                        .storeDurably()
                        .build(),
                TriggerBuilder.newTrigger()
                        .withIdentity(MODEL)
                        .startAt(Date.from(Instant.parse("2100-01-01T00:00:00Z")))
                        .build());
        for (String table : new String[] {"qrtz_triggers", "qrtz_simple_triggers"}) {
            Peer.execute(database, """
                    create temp table model as select * from %1$s where trigger_name = '%2$s';
                    do $$
                    declare
                      columns text := (select string_agg(case attname when 'trigger_name' then 'stage.account' else 'model.' || attname end, ', ' order by attnum)
                                         from pg_attribute where attrelid = '%1$s'::regclass and attnum > 0 and not attisdropped);
                    begin
                      execute 'insert into %1$s select ' || columns || ' from model, stage';
                    end $$;
                    drop table model""".formatted(table, MODEL));
        }
        Peer.execute(database, "delete from qrtz_simple_triggers where trigger_name = '" + MODEL + "'");
        Peer.execute(database, "delete from qrtz_triggers where trigger_name = '" + MODEL + "'");
    }

    /**
     * As its manual advises for many short jobs: triggers are acquired as many at a time as there are threads, which asks for the lock; what is late by less than an hour
     * is no misfire.
     */
    private static Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("org.quartz.scheduler.instanceName", "house"),
                Map.entry("org.quartz.scheduler.instanceId", "AUTO"),
                Map.entry("org.quartz.scheduler.skipUpdateCheck", "true"),
                Map.entry("org.quartz.scheduler.idleWaitTime", "1000"),
                Map.entry("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(THREADS)),
                Map.entry("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool"),
                Map.entry("org.quartz.threadPool.threadCount", String.valueOf(THREADS)),
                Map.entry("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
                Map.entry("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"),
                Map.entry("org.quartz.jobStore.dataSource", "house"),
                Map.entry("org.quartz.jobStore.isClustered", "true"),
                Map.entry("org.quartz.jobStore.acquireTriggersWithinLock", "true"),
                Map.entry("org.quartz.jobStore.misfireThreshold", "3600000")));
        return properties;
    }

    @Override
    public void start(DataSource database) throws Exception {
        scheduler.start();
    }
}
