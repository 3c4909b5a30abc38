package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As whom PostgreSQL's programs run. They refuse to run as root; an ordinary user runs them as itself.
 *
 * @param prefix the words before a program that give up root's rights; none for an ordinary user
 * @param owner to whom the data belongs
 */
record Rights(List<String> prefix, Owner owner) {

    private static final Duration PROBE = Duration.ofSeconds(10);

    /** Accounts without rights of their own, present on practically every Linux; the first that exists is taken. */
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    /**
     * The first way that works here. Data that exists stays with its owner, so that the choice does not change from one
     * start to the next.
     *
     * @throws Refusal if none works, or if the data belongs to somebody else and we are not root
     */
    static Rights over(Path data, Binaries binaries) throws IOException {
        var self = Owner.ofThisProcess();
        var owner = Owner.of(Files.exists(data) ? data : data.getParent());
        if (!self.isRoot() && Files.exists(data) && owner.uid() != self.uid()) {
            throw new Refusal(
                    "The data in " + data + " belongs to user " + owner.uid() + ": start the service as that user.");
        }
        var reason = "";
        for (var rights : candidates(self, owner)) {
            var outcome = rights.probe(data.getParent(), binaries).run(PROBE);
            if (outcome.isSuccess()) {
                return rights;
            }
            reason = outcome.reason();
        }
        throw new Refusal((self.isRoot()
                        ? "PostgreSQL does not run as root, and no way to run it as another user works here"
                        : "PostgreSQL's programs do not run here")
                + " (" + reason + "): start the service as an ordinary user or set QUARKUS_DATASOURCE_JDBC_URL.");
    }

    private static List<Rights> candidates(Owner self, Owner owner) throws IOException {
        if (!self.isRoot()) {
            return List.of(new Rights(List.of(), self));
        }
        var candidates = new ArrayList<Rights>();
        if (owner.isRoot()) {
            // In a user namespace of its own the process is nobody in its own eyes and root's, without root's power, in
            // those of the file system: data anywhere, even below root's home, can be reached. Many containers forbid
            // it.
            candidates.add(new Rights(List.of("unshare", "--user"), self));
        }
        var unprivileged = owner.isRoot() ? Owner.named(UNPRIVILEGED) : Optional.of(owner);
        unprivileged.ifPresent(user -> {
            var drop = List.of("setpriv", "--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups");
            candidates.add(new Rights(drop, user));
            // The directory may lie where only root may go. Then the server keeps the right to go everywhere, and the
            // security bit makes access(2), by which initdb looks for its neighbours, count that right.
            var keepGoing = new ArrayList<>(drop);
            keepGoing.addAll(List.of(
                    "--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
            candidates.add(new Rights(keepGoing, user));
        });
        return candidates;
    }

    /** Goes into the directory and runs a program: all that a server needs, but for the data being its own. */
    private Command probe(Path directory, Binaries binaries) {
        var words = new ArrayList<>(prefix);
        words.addAll(
                List.of("sh", "-c", "cd \"$0\" && exec \"$1\" -V", directory.toString(), binaries.program("postgres")));
        return new Command(words, directory);
    }

    Command command(Path directory, Binaries binaries, String program, String... arguments) {
        return command(directory, "", binaries, program, arguments);
    }

    Command command(Path directory, String input, Binaries binaries, String program, String... arguments) {
        var words = new ArrayList<>(prefix);
        words.add(binaries.program(program));
        words.addAll(List.of(arguments));
        return new Command(words, directory, input);
    }

    /** Makes the files the server's own where it runs as somebody else than this process. */
    void own(Path path) throws IOException {
        if (!Owner.of(path).equals(owner) && Owner.ofThisProcess().isRoot()) {
            new Tree(path).giveTo(owner);
        }
    }
}
