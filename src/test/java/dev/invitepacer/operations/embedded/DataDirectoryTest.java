package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void itIsMadeWhenItIsMissing() throws Exception {
        try (var directory = DataDirectory.open(temporary.resolve("a/b"))) {
            assertThat(directory.root()).isDirectory();
        }
    }

    @Test
    void aSecondServerIsToldWhoHasTheDirectory() throws Exception {
        try (var first = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(temporary))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(first.root().toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aLockFileThatLiesAboutMeansNothing() throws Exception {
        Files.writeString(temporary.resolve("lock"), "1\n");

        try (var directory = DataDirectory.open(temporary)) {
            assertThat(temporary.resolve("lock"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
    }

    @Test
    void whatIsUnfinishedGoesAndTheRestStays() throws Exception {
        Files.createDirectories(temporary.resolve("postgres"));
        try (var directory = DataDirectory.open(temporary)) {
            Files.writeString(directory.unfinished().resolve("half"), "");
        }

        try (var directory = DataDirectory.open(temporary)) {
            assertThat(directory.data()).isDirectory();
            try (var unfinished = Files.newDirectoryStream(temporary, Binaries.UNFINISHED + "*")) {
                assertThat(unfinished).isEmpty();
            }
        }
    }
}
