package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

    @TempDir
    Path directory;

    private Log log;

    @BeforeEach
    void nameIt() {
        log = new Log(directory.resolve("postgresql.log"));
    }

    @Test
    void aSmallLogIsLeftAsItIs() throws Exception {
        Files.writeString(log.file(), "LOG:  ready\n");

        log.keepSmall();

        assertThat(log.file()).hasContent("LOG:  ready\n");
    }

    @Test
    void aLargeLogStartsAnewAndTheLastOneIsKept() throws Exception {
        Files.write(log.file(), new byte[(int) Log.LARGEST + 1]);

        log.keepSmall();

        assertThat(log.file()).isEmptyFile();
        assertThat(directory.resolve("postgresql.log.1")).hasSize(Log.LARGEST + 1);
    }

    @Test
    void theReasonIsTheLastGraveThingSaid() throws Exception {
        Files.writeString(log.file(), "x FATAL:  first\nx LOG:  stopping\nx FATAL:  no room left\nx LOG:  shut down\n");

        assertThat(log.reasonSince(0)).contains("no room left");
    }

    @Test
    void whatWasSaidBeforeIsNoReason() throws Exception {
        Files.writeString(log.file(), "x FATAL:  long ago\n");

        assertThat(log.reasonSince(log.size())).isEmpty();
    }

    @Test
    void withoutALogThereIsNoReason() throws Exception {
        assertThat(log.reasonSince(0)).isEmpty();
    }
}
