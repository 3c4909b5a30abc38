package dev.invitepacer.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is measured, and how long; each has a property, named in docs/how-to/benchmark.md.
 *
 * @param parts which of {@link #PARTS}
 * @param accounts the sizes of the release part
 * @param repetitions how often each figure is taken
 * @param window the longest that one stretch of releases is measured; a slower contender is counted up to there
 * @param warmUp accounts that are released before anything is measured, for half a minute at most
 * @param steady releases a second of the steady load
 * @param steadyFor how long it lasts
 * @param contenders who takes part in the release part; empty: all
 * @param enqueueFor how long single drafts are enqueued
 * @param enqueueWarmUp how long before that, uncounted
 * @param isDurable whether PostgreSQL waits for the disk at commit
 * @param isProfiled whether the service records itself (JFR) into {@code work}
 * @param out where the results go
 * @param work data and logs of the run
 * @param growthAccounts accounts of the houses of the growth part
 * @param growthRows lengths of their queues, and of their ledgers
 * @param against an earlier run's results to compare with
 */
public record Options(
        Set<String> parts,
        List<Integer> accounts,
        int repetitions,
        Duration window,
        int warmUp,
        int steady,
        Duration steadyFor,
        Set<String> contenders,
        Duration enqueueFor,
        Duration enqueueWarmUp,
        boolean isDurable,
        boolean isProfiled,
        Path out,
        Path work,
        List<Integer> growthAccounts,
        List<Integer> growthRows,
        Optional<Path> against) {
    static final Set<String> PARTS = Set.of("evenness", "release", "enqueue", "growth");

    public static Options fromProperties() {
        Set<String> parts = words("parts", "evenness,release,enqueue");
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("benchmark.parts is " + parts + ": of evenness, release, enqueue, growth");
        }
        return new Options(
                parts,
                sizes("accounts", "1000,10000"),
                positive("repetitions", text("repetitions", "1")),
                seconds("window", "5"),
                positive("warm-up", text("warm-up", "30000")),
                positive("steady", text("steady", "50")),
                seconds("steady-seconds", "5"),
                words("contenders", ""),
                seconds("enqueue-seconds", "10"),
                seconds("enqueue-warm-up", "60"),
                Boolean.parseBoolean(text("durable", "true")),
                Boolean.parseBoolean(text("profile", "false")),
                Path.of(text("out", "docs")),
                Path.of(text("work", "target/benchmark")).toAbsolutePath(),
                sizes("growth-accounts", "1000,10000,100000"),
                sizes("growth-rows", "1,10,100"),
                Optional.of(text("against", "")).filter(path -> !path.isEmpty()).map(Path::of));
    }

    private static String text(String key, String otherwise) {
        return System.getProperty("benchmark." + key, otherwise);
    }

    private static Set<String> words(String key, String otherwise) {
        Set<String> words = new TreeSet<>(List.of(text(key, otherwise).split(",")));
        words.remove("");
        return words;
    }

    private static List<Integer> sizes(String key, String otherwise) {
        return Arrays.stream(text(key, otherwise).split(","))
                .map(size -> positive(key, size))
                .toList();
    }

    private static Duration seconds(String key, String otherwise) {
        return Duration.ofSeconds(positive(key, text(key, otherwise)));
    }

    private static int positive(String key, String value) {
        int number;
        try {
            number = Integer.parseInt(value.strip());
        } catch (NumberFormatException none) {
            number = 0;
        }
        if (number < 1) {
            throw new IllegalArgumentException("benchmark." + key + " is " + value + ": a whole number from 1 on");
        }
        return number;
    }
}
