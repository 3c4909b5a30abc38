package dev.invitepacer.benchmark;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What has to be known of a run, to read its figures. */
public final class Run {
    private Run() {}

    public static List<String> told(Options options, Server server) {
        return List.of(
                Machine.told() + ".",
                server.version() + ", embedded, on the same processors; "
                        + (options.isDurable()
                                ? "a commit waits for the disk"
                                : "a commit does not wait for the disk (`fsync` off)")
                        + ". The same for all: " + parameters() + ".",
                LocalDate.now(ZoneOffset.UTC) + "; " + options.repetitions()
                        + (options.repetitions() == 1 ? " run" : " runs, the median [lowest–highest]")
                        + "; a stretch is measured for at most "
                        + options.window().toSeconds() + " s, after a warm-up of " + options.warmUp() + " releases.",
                String.format(
                        Locale.ROOT,
                        "While it ran, on average %.1f processes wanted a processor (the load of the last minute); above the number of processors, others took their share.",
                        Machine.load()));
    }

    private static String parameters() {
        return String.join(
                ", ",
                Server.PARAMETERS.entrySet().stream()
                        .map(entry -> "`" + entry.getKey() + " = " + entry.getValue() + "`")
                        .sorted()
                        .toList());
    }
}
