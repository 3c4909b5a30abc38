package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void itSaysHowItEndedAndWhatItSaid() {
        var outcome = shell("echo one; echo two >&2; exit 3").run(LONG);

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.output()).isEqualTo("one\ntwo\n");
        assertThat(outcome.reason()).isEqualTo("two");
    }

    @Test
    void theReasonIsTheComplaintAndNotTheTidyingUpAfterIt() {
        var outcome = shell("echo 'initdb: error: no room'; echo 'removing files'; exit 1")
                .run(LONG);

        assertThat(outcome.reason()).isEqualTo("initdb: error: no room");
    }

    @Test
    void itReadsWhatItIsGiven() {
        assertThat(new Command(List.of("cat"), directory, "words").run(LONG).output())
                .isEqualTo("words");
    }

    @Test
    void ourEnvironmentIsNotHandedDown() {
        var environment = new Command(List.of("env"), directory).run(LONG).output();

        assertThat(environment.lines().map(line -> line.replaceFirst("=.*", "")))
                .containsExactlyInAnyOrder("PATH", "LC_ALL");
    }

    @Test
    void aMissingProgramIsAnOutcome() {
        var outcome = new Command(List.of("/nowhere/initdb"), directory).run(LONG);

        assertThat(outcome.isSuccess()).isFalse();
        assertThat(outcome.reason()).contains("/nowhere/initdb");
    }

    @Test
    void aProgramThatDoesNotEndIsGivenUp() {
        assertThatThrownBy(() -> shell("sleep 60").run(Duration.ofMillis(50)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> shell("sleep 60").run(LONG)).isInstanceOf(Refusal.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    private Command shell(String script) {
        return new Command(List.of("sh", "-c", script), directory);
    }
}
