package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.Tier;

class LongListTest {

    private static final int ROWS = 100_000;
    private static final String ROW =
            "https://www.linkedin.com/in/jane-doe/,Jane,\"Hi Jane,\nyour talk stayed with me.\",2\n";
    private static final String HEADER = "profile,firstName,note,degree\n";

    @Test
    void aLongListIsReadRowByRowInLittleMemory() {
        DraftCsv csv = DraftCsv.read(new Endless(HEADER, ROW, HEADER.length() + (long) ROWS * ROW.length()));
        long before = retained();
        long most = 0;

        int accepted = 0;
        long line = 0;
        while (csv.hasNext()) {
            DraftCsv.Row.Filled row = (DraftCsv.Row.Filled) csv.next();
            line = row.line();
            accepted += row.draft().check(DraftRules.of(Tier.BASIC)) instanceof Checked.Accepted ? 1 : 0;
            if (accepted % 50_000 == 0) {
                most = Math.max(most, retained() - before);
            }
        }

        assertThat(accepted).isEqualTo(ROWS);
        assertThat(line).isEqualTo(2L * ROWS);
        assertThat(most).as("bytes retained while reading").isLessThan(2_000_000);
    }

    /** Bytes in use, by the least of a few looks: whatever else lives in this JVM allocates between a collection and a look. */
    private static long retained() {
        return IntStream.range(0, 3)
                .mapToLong(look -> {
                    System.gc();
                    return ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                })
                .min()
                .orElseThrow();
    }
}
