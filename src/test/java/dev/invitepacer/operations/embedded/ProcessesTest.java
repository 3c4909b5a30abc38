package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    @Test
    void aPostgresThatWorksInTheDirectoryIsFoundWithoutALockFile() throws Exception {
        var postgres = sleeperNamed("postgres", data);
        try {
            var processes = new Processes(data);

            assertThat(processes.alive()).extracting(ProcessHandle::pid).containsExactly(postgres.pid());
            assertThat(processes.awaitNone(Duration.ZERO)).isFalse();
        } finally {
            postgres.destroyForcibly();
        }
        assertThat(new Processes(data).awaitNone(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void othersInTheDirectoryAndAPostgresElsewhereAreLeftAlone() throws Exception {
        var shell = sleeperNamed("shell", data);
        var other = sleeperNamed("postgres", elsewhere);
        try {
            assertThat(new Processes(data).alive()).isEmpty();
        } finally {
            shell.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void aLockFileWithTheNumberOfALivingStrangerIsStale() throws Exception {
        lockFileNames(ProcessHandle.current().pid());

        assertThat(new Processes(data).isLockFileOfStranger()).isTrue();
    }

    @Test
    void aLockFileWithTheNumberOfADeadProcessIsLeftToPostgres() throws Exception {
        var dead = sleeperNamed("postgres", data);
        dead.destroyForcibly().waitFor();
        lockFileNames(dead.pid());

        assertThat(new Processes(data).isLockFileOfStranger()).isFalse();
    }

    @Test
    void aLockFileOfTheServerItselfIsRespected() throws Exception {
        var postgres = sleeperNamed("postgres", data);
        try {
            lockFileNames(postgres.pid());

            assertThat(new Processes(data).isLockFileOfStranger()).isFalse();
        } finally {
            postgres.destroyForcibly();
        }
    }

    @Test
    void aDirectoryWithoutLockFileHasNoStranger() {
        assertThat(new Processes(data).isLockFileOfStranger()).isFalse();
    }

    private void lockFileNames(long pid) throws Exception {
        Files.writeString(data.resolve("postmaster.pid"), pid + "\n" + data + "\n");
    }

    /** The name of a process is that of its file, whatever the file does. */
    private Process sleeperNamed(String name, Path directory) throws Exception {
        var program = elsewhere.resolve(name);
        Files.copy(Path.of("/bin/sleep").toRealPath(), program, StandardCopyOption.REPLACE_EXISTING);
        var process = new ProcessBuilder(List.of(program.toString(), "60"))
                .directory(directory.toFile())
                .start();
        var comm = Path.of("/proc/" + process.pid() + "/comm");
        while (!Files.readString(comm).strip().equals(name)) {
            Thread.onSpinWait();
        }
        return process;
    }
}
