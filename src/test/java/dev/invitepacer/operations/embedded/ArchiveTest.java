package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, aarch64"})
    void thereAreProgramsForBothArchitectures(String system, String architecture) throws Exception {
        var archive = Archive.forMachine(system, architecture);

        assertThat(archive.digest()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Mac OS X, aarch64", "Windows 11, amd64"})
    void elsewhereTheOperatorIsToldToConfigureADatabase(String system, String architecture) {
        assertThatThrownBy(() -> Archive.forMachine(system, architecture))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(system)
                .hasMessageContaining("set QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    void eachArchitectureHasItsOwnDigest() throws Exception {
        assertThat(Archive.forMachine("Linux", "amd64").digest())
                .isNotEqualTo(Archive.forMachine("Linux", "aarch64").digest());
    }
}
