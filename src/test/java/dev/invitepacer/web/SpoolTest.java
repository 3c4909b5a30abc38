package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body that two take in is there until both have closed it, whoever is first. */
class SpoolTest {
    private static final byte[] BODY = new byte[200_000];

    static {
        Arrays.fill(BODY, (byte) 'x');
    }

    @Test
    void whoClosesLastTakesTheFileAway() throws IOException {
        Spool first = Spool.of(new ByteArrayInputStream(BODY), 1_000_000, "a setting");
        Spool second = Spool.of(first.open(), 1_000_000, "a setting");

        first.close();
        first.close();
        try (InputStream again = second.open()) {
            assertThat(again.readAllBytes()).isEqualTo(BODY);
        }
        second.close();

        assertThatThrownBy(second::open).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whoSharesMayBeTheFirstToGo() throws IOException {
        Spool first = Spool.of(new ByteArrayInputStream(BODY), 1_000_000, "a setting");
        Spool.of(first.open(), 1_000_000, "a setting").close();

        assertThat(first.open().readAllBytes()).hasSize(BODY.length);
        first.close();
        assertThatThrownBy(first::open).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void isAFileForWhoeverWantsOneAndTakesItAway() throws IOException {
        for (byte[] body : List.of(new byte[] {1, 2, 3}, BODY)) {
            Spool spool = Spool.of(new ByteArrayInputStream(body), 1_000_000, "a setting");

            assertThat(spool.file()).hasBinaryContent(body).isEqualTo(spool.file());

            spool.close();
            assertThat(spool.file()).doesNotExist();
        }
    }
}
