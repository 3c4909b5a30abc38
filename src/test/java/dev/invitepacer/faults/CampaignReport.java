package dev.invitepacer.faults;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.invitepacer.faults.FaultInjector.Happened;
import dev.invitepacer.faults.history.Call;
import dev.invitepacer.faults.history.Delivery;
import dev.invitepacer.faults.history.History;
import dev.invitepacer.faults.history.Remains;
import dev.invitepacer.faults.history.RollingCapChecker;
import dev.invitepacer.operations.embedded.Service;

/** What a campaign was and what it came to, as Markdown. */
record CampaignReport(
        long seed,
        Instant began,
        Instant calm,
        Duration drained,
        List<Happened> happened,
        History history,
        Installation installation,
        List<String> findings) {
    private static final int MOST_LINES = 40;
    private static final int MOST_FINDINGS = 100;

    String text() {
        return String.join(
                "\n",
                "# The fault campaign: a run\n",
                "Made by [the command](../how-to/run-the-fault-campaign.md) with `-Dcampaign.seed=" + seed
                        + " -Dcampaign.faults=" + happened.size() + "`.\n",
                summary(),
                faults(),
                calls(),
                invitations(),
                caps(),
                log(),
                found());
    }

    private String summary() {
        Duration faulty = Duration.between(began, calm);
        return table(
                "| | |\n|---|---|",
                Stream.of(
                        row("machine", machine()),
                        row(
                                "what ran",
                                (Service.isNative() ? "the native executable" : "the jar") + ", "
                                        + Installation.REPLICAS + " processes; "
                                        + installation.postgres().server().version() + ", durable, "
                                        + (installation.disk().isPresent()
                                                ? "on a file system of its own"
                                                : "on a disk that could not be filled here: mounting needs root")),
                        row("faults", happened.size() + " in " + words(faulty)),
                        row("service time that passed", serviceTime()),
                        row("findings", findings.isEmpty() ? "none" : findings.size() + ", see below"),
                        row("after the last fault, all had gone out within", words(drained)),
                        row(
                                "processes that ended while they started, the database being away",
                                installation.replicas().stream()
                                        .mapToInt(Replica::failedStarts)
                                        .sum())));
    }

    private String faults() {
        Map<String, List<Happened>> byVariety = happened.stream()
                .sorted(Comparator.comparing(Happened::began))
                .collect(Collectors.groupingBy(
                        one -> String.format("%02d", one.fault().kind().ordinal())
                                + one.fault().kind().words() + " | "
                                + one.fault().variety(),
                        TreeMap::new,
                        Collectors.toList()));
        String total = "Several went on at once: "
                + happened.stream().filter(one -> one.others() > 0).count() + " of " + happened.size()
                + " ended while another was going on.\n";
        return "## Faults\n\n"
                + table(
                        "| kind | variety | how many | began, seconds from the beginning | longest | well again after,"
                                + " median | at most |\n"
                                + "|---|---|---|---|---|---|---|",
                        byVariety.entrySet().stream().map(entry -> {
                            List<Happened> all = entry.getValue();
                            List<Duration> recoveries = all.stream()
                                    .map(Happened::recovery)
                                    .filter(one -> one != null)
                                    .sorted()
                                    .toList();
                            return "| " + entry.getKey().substring(2) + " | " + all.size() + " | "
                                    + all.stream()
                                            .map(one -> Long.toString(Duration.between(began, one.began())
                                                    .toSeconds()))
                                            .collect(Collectors.joining(", "))
                                    + " | "
                                    + words(all.stream()
                                            .map(one -> Duration.between(one.began(), one.ended()))
                                            .max(Comparator.naturalOrder())
                                            .orElseThrow())
                                    + " | "
                                    + (recoveries.isEmpty()
                                            ? "never | never |"
                                            : words(recoveries.get(recoveries.size() / 2)) + " | "
                                                    + words(recoveries.get(recoveries.size() - 1)) + " |");
                        }))
                + "\n" + total
                + "Well again: from the end of the fault, with whatever else went on then, until the replica (or with"
                + " PostgreSQL any replica) made a change, and with the receiver until it heard the next call.\n";
    }

    private String calls() {
        Map<String, Long> answers = count(
                history.calls(),
                call -> call.status() == 0
                        ? "none: unknown"
                        : call.status()
                                + (call.status() == 409
                                        ? " " + call.answer().path("code").asText()
                                        : ""));
        Map<String, Long> tries = count(
                history.calls().stream().flatMap(call -> call.tries().stream()).toList(), one -> one);
        long doubtful = history.calls().stream().filter(Call::wasInDoubt).count();
        return "## Calls\n\n" + table("| answer | calls |\n|---|---|", rows(answers)) + "\n"
                + "In all " + history.calls().size() + " calls; of " + doubtful
                + " some try was not answered. Tries that were sent again, and why:\n\n"
                + table("| why | tries |\n|---|---|", rows(tries)) + "\n"
                + "What was asked for:\n\n"
                + table(
                        "| call | calls |\n|---|---|",
                        rows(count(
                                history.calls(),
                                call -> "`" + call.method() + " "
                                        + call.path()
                                                .replaceAll("\\?.*", "")
                                                .replaceAll("/api/v1", "")
                                                .replaceAll("(accounts|endpoints)/[^/]+", "$1/…")
                                                .replaceAll("/[0-9]+", "/…")
                                        + "`")))
                + "\nThe receiver heard " + history.deliveries().size() + " calls with "
                + history.deliveries().stream().map(Delivery::id).distinct().count() + " ids, and answered:\n\n"
                + table("| answer | calls |\n|---|---|", rows(count(history.deliveries(), Delivery::answer)));
    }

    private String invitations() {
        Remains remains = history.remains();
        return "## Invitations\n\n"
                + table(
                        "| state at the end | invitations |\n|---|---|",
                        rows(count(remains.invitations(), Remains.Invitation::state)))
                + "\nReleases: "
                + remains.ledger().stream()
                        .filter(row -> row.kind().equals("RELEASE"))
                        .count()
                + ", of which "
                + remains.ledger().stream()
                        .filter(row -> row.kind().equals("RELEASE") && !row.counts())
                        .count()
                + " were given back. Sent by hand: "
                + remains.ledger().stream()
                        .filter(row -> row.kind().equals("BY_HAND"))
                        .count()
                + ". Sent by the receiver: "
                + history.deliveries().stream()
                        .filter(delivery -> delivery.act().equals(Delivery.SENT))
                        .count()
                + ".\n";
    }

    private String caps() {
        Map<String, List<Instant>> booked = RollingCapChecker.booked(history);
        Map<String, List<Instant>> sent = RollingCapChecker.sent(history);
        return "## The cap\n\n"
                + table(
                        "| account | highest cap | most in any 168 hours, ledger | most in any 168 hours, as sent |\n"
                                + "|---|---|---|---|",
                        RollingCapChecker.caps(history).entrySet().stream()
                                .filter(entry -> booked.containsKey(entry.getKey()))
                                .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " | "
                                        + RollingCapChecker.largest(booked.get(entry.getKey())) + " | "
                                        + RollingCapChecker.largest(sent.getOrDefault(entry.getKey(), List.of()))
                                        + " |"));
    }

    /** Numbers and ids make no difference to what is said. */
    private String log() {
        Map<String, Long> errors = count(
                installation.replicas().stream()
                        .flatMap(replica -> replica.log().stream())
                        .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                        .toList(),
                line -> line.replaceFirst("^[-0-9]+ [:,0-9]+ ", "")
                        .replaceAll("\\([^)]*\\) ", "")
                        .replaceAll("[0-9a-f]{8,}[-0-9a-f]*", "…")
                        .replaceAll("[0-9]+", "n")
                        .replaceAll("\\|", "/"));
        return "## What the processes logged as warnings and errors\n\n"
                + table(
                        "| line | times |\n|---|---|",
                        errors.entrySet().stream()
                                .sorted(Map.Entry.<String, Long>comparingByValue()
                                        .reversed())
                                .limit(MOST_LINES)
                                .map(entry -> row(entry.getKey(), entry.getValue())));
    }

    private String found() {
        return "## Findings\n\n"
                + (findings.isEmpty()
                        ? "None.\n"
                        : findings.stream()
                                .limit(MOST_FINDINGS)
                                .map(one -> "- " + one + "\n")
                                .collect(Collectors.joining()));
    }

    private static String machine() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getAvailableProcessors() + " processors, " + (system.getTotalMemorySize() >> 30) + " GB, "
                + system.getName() + " " + system.getArch() + ", Java "
                + Runtime.version().feature();
    }

    private String serviceTime() {
        List<Instant> booked = new ArrayList<>();
        history.remains().ledger().forEach(row -> booked.add(row.at()));
        return booked.isEmpty()
                ? "nothing was released"
                : Duration.between(
                                        booked.stream()
                                                .min(Comparator.naturalOrder())
                                                .get(),
                                        booked.stream()
                                                .max(Comparator.naturalOrder())
                                                .get())
                                .toHours()
                        + " hours from the first release to the last";
    }

    private static String words(Duration time) {
        return time.toMinutes() > 1
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static <T> Map<String, Long> count(List<T> all, Function<T, String> by) {
        return all.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    private static Stream<String> rows(Map<String, Long> counts) {
        return counts.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()));
    }

    private static String row(String name, Object value) {
        return "| " + name + " | " + value + " |";
    }

    private static String table(String head, Stream<String> rows) {
        return head + "\n" + rows.collect(Collectors.joining("\n")) + "\n";
    }
}
