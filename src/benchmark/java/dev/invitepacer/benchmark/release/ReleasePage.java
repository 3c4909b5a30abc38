package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Page;
import dev.invitepacer.benchmark.Picture;
import dev.invitepacer.benchmark.Run;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.benchmark.Spread;

/** The page and the plot of the release part. */
final class ReleasePage {
    private final Options options;
    private final List<Contender> contenders;
    private final List<Measured> measured;

    private ReleasePage(Options options, List<Contender> contenders, List<Measured> measured) {
        this.options = options;
        this.contenders = contenders;
        this.measured = measured;
    }

    static void write(Options options, Server server, List<Contender> contenders, List<Measured> measured)
            throws IOException {
        ReleasePage page = new ReleasePage(options, contenders, measured);
        page.picture().write(options.out().resolve("images/benchmark-release.svg"));
        page.page(server).write(options.out().resolve("reference/benchmarks/release.md"));
    }

    private Page page(Server server) {
        return new Page("Releases")
                .paragraph(
                        "How many releases a second, with how many accounts? Each account has one queued draft. A release writes the invitation's state, the ledger, a task, a"
                                + " line of history and the account's pace, with the triggers, foreign keys and indexes that the service has. Made by `mvn -Pbenchmark verify`.")
                .list(Run.told(options, server))
                .heading("All accounts are due at once")
                .paragraph(
                        "Releases a second, from the first to the last; in brackets, the share of the limit at that size, which is "
                                + Release.limit() + ".")
                .table(head("contender"), rows(this::allDue))
                .paragraph("![Releases a second over accounts](../../images/benchmark-release.svg)")
                .heading("One account in a hundred is due")
                .paragraph("Releases a second. Where all that are due fit into one transaction there is no rate.")
                .table(head("contender"), rows(this::hundredth))
                .heading("What a release costs")
                .paragraph(
                        "Processor time for each release where all are due, in microseconds: the contender's process + PostgreSQL.")
                .table(head("contender"), rows(this::cost))
                .heading("How late a steady load is released")
                .paragraph(options.steady() + " accounts a second become due, one after another, for "
                        + options.steadyFor().toSeconds()
                        + " seconds; " + options.accounts().get(0)
                        + " others are not due. Milliseconds from the due time to the instant of the release. Whoever polls is"
                        + " late by half of the polling interval on average; the service polls every second.")
                .table(List.of("contender", "median", "99 %"), late())
                .heading("Who they are")
                .paragraph(
                        "They promise different things. Only the service decides; for everybody else somebody has already worked out who is due, and nobody asks the week's cap, the hours, the"
                                + " pending threshold, the note quota, the campaigns' shares or the teammates.")
                .table(
                        List.of("contender", "set up", "promises"),
                        contenders.stream()
                                .map(one -> List.of(one.name(), one.setup(), one.promise()))
                                .toList());
    }

    private List<String> head(String first) {
        List<String> head = new ArrayList<>(List.of(first));
        options.accounts().forEach(size -> head.add(String.format(Locale.ROOT, "%,d accounts", size)));
        return head;
    }

    private interface Cell {
        String of(Contender contender, int accounts);
    }

    private List<List<String>> rows(Cell cell) {
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : contenders) {
            List<String> row = new ArrayList<>(List.of(contender.name()));
            options.accounts().forEach(size -> row.add(cell.of(contender, size)));
            rows.add(row);
        }
        return rows;
    }

    private String allDue(Contender contender, int accounts) {
        Spread rate = spread(contender.name(), accounts, Measured::releases);
        Spread limit = spread(Release.limit(), accounts, Measured::releases);
        if (rate.isEmpty() || limit.isEmpty()) {
            return rate.told(0);
        }
        return rate.told(0) + String.format(Locale.ROOT, " (%.2f)", rate.middle() / limit.middle());
    }

    private String hundredth(Contender contender, int accounts) {
        return spread(contender.name(), accounts, Measured::hundredth).told(0);
    }

    private String cost(Contender contender, int accounts) {
        return spread(contender.name(), accounts, Measured::processMicros).told(0) + " + "
                + spread(contender.name(), accounts, Measured::serverMicros).told(0);
    }

    private List<List<String>> late() {
        int size = options.accounts().get(0);
        return contenders.stream()
                .map(one -> List.of(
                        one.name(),
                        spread(one.name(), size, Measured::middleLate).told(0),
                        spread(one.name(), size, Measured::lastLate).told(0)))
                .toList();
    }

    private Spread spread(String contender, int accounts, Function<Measured, Double> figure) {
        return Spread.of(measured.stream()
                .filter(one -> one.contender().equals(contender) && one.accounts() == accounts)
                .map(figure)
                .filter(Objects::nonNull)
                .toList());
    }

    private Picture picture() {
        int last = (int) Math.ceil(Math.log10(
                options.accounts().stream().mapToInt(size -> size).max().orElseThrow()));
        Picture picture = new Picture(
                "Releases a second, all accounts due",
                Picture.Axis.powers("accounts", 3, Math.max(4, last)),
                Picture.Axis.powers("releases a second", 1, 5));
        for (Contender contender : contenders) {
            List<Integer> sizes = options.accounts().stream()
                    .filter(size ->
                            !spread(contender.name(), size, Measured::releases).isEmpty())
                    .toList();
            picture.dots(
                    contender.name(),
                    sizes.stream().mapToDouble(size -> size).toArray(),
                    sizes.stream()
                            .mapToDouble(size -> spread(contender.name(), size, Measured::releases)
                                    .middle())
                            .toArray());
        }
        return picture;
    }
}
