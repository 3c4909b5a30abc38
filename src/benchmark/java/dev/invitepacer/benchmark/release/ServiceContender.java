package dev.invitepacer.benchmark.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** The packaged service, as it is. */
final class ServiceContender implements Contender {
    private final boolean isProfiled;
    private final List<String> options;

    /** @param options of its Java, besides those that everybody has */
    ServiceContender(boolean isProfiled, List<String> options) {
        this.isProfiled = isProfiled;
        this.options = options;
    }

    @Override
    public String name() {
        return Release.SERVICE;
    }

    @Override
    public String setup() {
        return "`java -jar quarkus-run.jar` with the defaults";
    }

    @Override
    public String promise() {
        return "decides under the account's lock by cap, bucket, hours, threshold, notes, shares and teammates; everything in one transaction";
    }

    @Override
    public void prepare(Database house) {
        // Its tables are the house.
    }

    @Override
    public Runner start(Server server, Database house) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        if (isProfiled) {
            arguments.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + server.work().resolve("service-" + System.currentTimeMillis() + ".jfr"));
        }
        Service service = server.launch(house, Map.of(), arguments.toArray(String[]::new)).awaitReady();
        return new Runner() {
            @Override
            public long process() {
                return service.pid();
            }

            @Override
            public void end() throws InterruptedException {
                service.terminate();
            }
        };
    }

    @Override
    public String makeDue() {
        return "update pace p set due_at = s.due from stage s where s.account = p.account and s.part = :part";
    }

    /** It looks once more at whom it has released, to see whether the queue is empty. */
    @Override
    public String isDone() {
        return "select not exists (select from pace where due_at <= clock_timestamp())";
    }
}
