package dev.invitepacer.benchmark.release;

import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.JobId;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr: a scheduled job for each release. */
final class JobRunrPeer implements Peer {
    private static final String MODEL = "the-model";

    /** The job. */
    public static final class ReleaseRequest implements JobRequest {
        private String account;

        ReleaseRequest() {
            // It is read from JSON.
        }

        ReleaseRequest(String account) {
            this.account = account;
        }

        public String getAccount() {
            return account;
        }

        @Override
        public Class<ReleaseHandler> getJobRequestHandler() {
            return ReleaseHandler.class;
        }
    }

    /** Does the job. */
    public static final class ReleaseHandler implements JobRequestHandler<ReleaseRequest> {
        private final DataSource database;

        ReleaseHandler(DataSource database) {
            this.database = database;
        }

        @Override
        public void run(ReleaseRequest request) throws SQLException {
            Rows.release(database, request.getAccount());
        }
    }

    /** One job is made by its own scheduler; the others are the same but for their account and number. */
    @Override
    public void prepare(DataSource database) throws SQLException {
        JobId id = JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(database))
                .initialize()
                .getJobRequestScheduler()
                .schedule(Instant.parse("2100-01-01T00:00:00Z"), new ReleaseRequest(MODEL));
        Peer.execute(database, """
                insert into jobrunr_jobs (id, version, jobasjson, jobsignature, state, createdat, updatedat, scheduledat)
                select n.id, version, replace(replace(jobasjson, '%1$s', n.id), '%2$s', account), jobsignature, state, createdat, updatedat, scheduledat
                  from jobrunr_jobs
                 cross join (select account, gen_random_uuid()::text as id from stage) as n
                 where jobrunr_jobs.id = '%1$s'""".formatted(id, MODEL));
        Peer.execute(database, "delete from jobrunr_jobs where id = '" + id + "'");
        // For whoever makes a job due: its number is not its account's.
        Peer.execute(database, """
                create table jobrunr_of as
                select id, substring(jobasjson from '"account" *: *"([a-z0-9-]+)"') as account from jobrunr_jobs""");
        JobRunr.destroy();
    }

    @Override
    public void start(DataSource database) {
        ReleaseHandler handler = new ReleaseHandler(database);
        // Five seconds are its shortest polling interval; as many scheduled jobs as come due are taken at once, instead
        // of 1,000.
        JobRunrConfiguration configuration = JobRunr.configure()
                .useJobActivator(new JobActivator() {
                    @Override
                    public <T> T activateJob(Class<T> type) {
                        return type.cast(handler);
                    }
                })
                .useStorageProvider(new PostgresStorageProvider(database))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollIntervalInSeconds(5)
                        .andScheduledJobsRequestSize(10_000)
                        .andWorkerCount(THREADS));
        configuration.initialize();
    }
}
