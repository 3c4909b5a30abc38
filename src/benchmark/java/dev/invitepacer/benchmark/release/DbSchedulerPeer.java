package dev.invitepacer.benchmark.release;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** db-scheduler: a one-time task for each release, named by its account. */
final class DbSchedulerPeer implements Peer {
    /** The table and indexes of its manual for PostgreSQL, without those for priorities. */
    private static final String TABLES = """
            create table scheduled_tasks (
              task_name             text        not null,
              task_instance         text        not null,
              task_data             bytea,
              execution_time        timestamptz,
              picked                boolean     not null,
              picked_by             text,
              last_success          timestamptz,
              last_failure          timestamptz,
              consecutive_failures  int,
              last_heartbeat        timestamptz,
              version               bigint      not null,
              priority              smallint,
              state                 text,
              primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            select 'release', account, '2100-01-01', false, 1 from stage""";

    @Override
    public void prepare(DataSource database) throws SQLException {
        Peer.execute(database, TABLES);
    }

    @Override
    public void start(DataSource database) {
        OneTimeTask<Void> release = Tasks.oneTime("release").execute((instance, context) -> {
            try {
                Rows.release(database, instance.getId());
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        // Lock-and-fetch is its manual's way for PostgreSQL and a high throughput: more is fetched when fewer than as
        // many as threads wait.
        Scheduler.create(database, release)
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofSeconds(1))
                .build()
                .start();
    }
}
