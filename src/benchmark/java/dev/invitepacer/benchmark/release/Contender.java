package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** Somebody who releases what is due. */
interface Contender {
    String name();

    /** How it is set up, in a sentence. */
    String setup();

    /** What it promises, and what it does not, beside the service. */
    String promise();

    /** Its own tables, with a job that is not due for each account of {@code stage}. */
    void prepare(Database house) throws Exception;

    Runner start(Server server, Database house) throws Exception;

    /** Makes the accounts of a part due at {@code stage.due}; {@code :part} stands for the part. */
    String makeDue();

    /** Makes the accounts of a part due at an instant, which is told in SQL. */
    default String makeDue(String part, String when) {
        return "update stage set due = " + when + " where part = '" + part + "'; "
                + makeDue().replace(":part", "'" + part + "'");
    }

    /** Whether nothing is left to do for anybody whose time has come, asked as SQL. */
    default String isDone() {
        return "select true";
    }

    /** A contender at work. */
    interface Runner {
        /** One that is a process of its own; at its end it is asked to go, and after ten seconds made to. */
        static Runner of(Process running) {
            return new Runner() {
                @Override
                public long process() {
                    return running.pid();
                }

                @Override
                public void end() throws InterruptedException {
                    running.destroy();
                    if (!running.waitFor(10, TimeUnit.SECONDS)) {
                        running.destroyForcibly();
                    }
                }
            };
        }

        long process();

        void end() throws IOException, InterruptedException, SQLException;
    }
}
