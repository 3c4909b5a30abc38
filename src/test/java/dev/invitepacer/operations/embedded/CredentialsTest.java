package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    @TempDir
    Path directory;

    @Test
    void theyAreReadAsTheyWereWrittenAndForTheOwnerAlone() throws Exception {
        var credentials = Credentials.random();
        var pgpass = directory.resolve("pgpass");

        credentials.writeTo(pgpass);

        assertThat(Credentials.readFrom(pgpass)).isEqualTo(credentials);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pgpass)))
                .isEqualTo("rw-------");
    }

    @Test
    void noTwoPasswordsAreAlikeAndNoneIsPrinted() {
        var one = Credentials.random();

        assertThat(one.password()).hasSize(48).isNotEqualTo(Credentials.random().password());
        assertThat(one.toString()).doesNotContain(one.password());
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        var pgpass = Files.writeString(directory.resolve("pgpass"), "127.0.0.1:*:*:pacer:");

        assertThatThrownBy(() -> Credentials.readFrom(pgpass))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(pgpass.toString());
    }
}
