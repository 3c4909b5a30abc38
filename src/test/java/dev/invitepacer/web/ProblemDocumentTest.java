package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The document of the problem codes lists what there is, in the order that counts, and nothing else. */
class ProblemDocumentTest {
    @Test
    void theDocumentTellsEveryCodeAsItIs() throws IOException {
        var rows = Files.readAllLines(Path.of("docs/reference/problems.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Code.values())
                        .map(code -> "| `" + code.text() + "` | " + code.status() + " | " + code.title() + " | "
                                + code.explanation() + " |")
                        .toList());
    }
}
