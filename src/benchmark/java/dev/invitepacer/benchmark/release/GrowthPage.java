package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Page;
import dev.invitepacer.benchmark.Picture;
import dev.invitepacer.benchmark.Run;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.benchmark.Spread;

/** The page and the plot of the growth part. */
final class GrowthPage {
    /** What grows while the rest stays. */
    private enum Axis {
        ACCOUNTS("accounts in the house", Grown::accounts),
        QUEUE("drafts in each queue", Grown::queued),
        LEDGER("releases in each ledger", Grown::booked);

        private final String title;
        private final ToIntFunction<Grown> size;

        Axis(String title, ToIntFunction<Grown> size) {
            this.title = title;
            this.size = size;
        }
    }

    private final Options options;
    private final List<Grown> grown;

    private GrowthPage(Options options, List<Grown> grown) {
        this.options = options;
        this.grown = grown;
    }

    static void write(Options options, Server server, List<Grown> grown) throws IOException {
        GrowthPage page = new GrowthPage(options, grown);
        page.picture().write(options.out().resolve("images/benchmark-growth.svg"));
        page.page(server).write(options.out().resolve("reference/benchmarks/growth.md"));
    }

    private Page page(Server server) {
        Page page = new Page("Growth")
                .paragraph("What does a release cost where there are more accounts, longer queues, longer ledgers? In each house "
                        + String.format(Locale.ROOT, "%,d", Growth.DUE)
                        + " accounts are due at once, each of which releases one draft; after a warm-up, whose accounts are deleted before anything is counted. Other accounts"
                        + " have one draft and one release ten days ago. A longer ledger is one of older releases, with their invitations, tasks and history: the week that counts is"
                        + " as empty as elsewhere."
                        + " Made by `mvn -Pbenchmark verify -Dbenchmark.parts=growth`.")
                .list(Run.told(options, server))
                .paragraph("The service has a heap of 128 MB (`" + String.join(" ", Growth.HEAP)
                        + "`), else Java would keep more than it needs. Processor time is the contender's process + PostgreSQL; in brackets, how many times that of the smallest house.");
        for (Axis axis : Axis.values()) {
            table(page, axis);
        }
        return page.paragraph("![Processor time for each release over what grows](../../images/benchmark-growth.svg)")
                .heading("At rest")
                .paragraph(
                        "Until the first release: from the launch of the process to the instant in the ledger, with one account that is due. Memory: ten seconds after that, the heap once Java has collected. A"
                                + " second at rest: processor time of the service and PostgreSQL while nothing is due, right after the warm-up and without its accounts: the loops go round once a second, and Java goes on compiling what the warm-up has used.")
                .table(
                        List.of(
                                "accounts, and " + String.format(Locale.ROOT, "%,d", options.warmUp())
                                        + " of the warm-up",
                                "until the first release, s",
                                "resident memory, MB",
                                "of its heap in use, MB",
                                "a second at rest, ms"),
                        sizes(Axis.ACCOUNTS).stream()
                                .map(size -> List.of(
                                        String.format(Locale.ROOT, "%,d", size),
                                        of(Release.SERVICE, Axis.ACCOUNTS, size, Grown::firstSeconds)
                                                .told(1),
                                        of(Release.SERVICE, Axis.ACCOUNTS, size, Grown::residentMegabytes)
                                                .told(0),
                                        of(Release.SERVICE, Axis.ACCOUNTS, size, Grown::liveMegabytes)
                                                .told(1),
                                        of(Release.SERVICE, Axis.ACCOUNTS, size, Grown::idleMillis)
                                                .told(1)))
                                .toList())
                .paragraph(perAccount());
    }

    private void table(Page page, Axis axis) {
        List<List<String>> rows = new ArrayList<>();
        for (int size : sizes(axis)) {
            rows.add(List.of(
                    String.format(Locale.ROOT, "%,d", size),
                    of(Release.SERVICE, axis, size, Grown::releases).told(0),
                    cost(Release.SERVICE, axis, size),
                    of(Release.limit(), axis, size, Grown::releases).told(0),
                    cost(Release.limit(), axis, size)));
        }
        page.heading(axis.title.substring(0, 1).toUpperCase(Locale.ROOT) + axis.title.substring(1))
                .table(
                        List.of(
                                axis.title,
                                "the service, releases a second",
                                "µs for each",
                                "bare SQL, releases a second",
                                "µs for each"),
                        rows);
    }

    private String cost(String contender, Axis axis, int size) {
        double smallest = of(contender, axis, sizes(axis).get(0), Grown::micros).middle();
        return of(contender, axis, size, Grown::processMicros).told(0) + " + "
                + of(contender, axis, size, Grown::serverMicros).told(0)
                + String.format(
                        Locale.ROOT, " (%.2f)", of(contender, axis, size, Grown::micros).middle() / smallest);
    }

    private String perAccount() {
        List<Integer> sizes = sizes(Axis.ACCOUNTS);
        int fewest = sizes.get(0);
        int most = sizes.get(sizes.size() - 1);
        Spread small = of(Release.SERVICE, Axis.ACCOUNTS, fewest, Grown::liveMegabytes);
        Spread large = of(Release.SERVICE, Axis.ACCOUNTS, most, Grown::liveMegabytes);
        return small.isEmpty() || fewest == most
                ? "What an account adds to the memory was not measured."
                : String.format(
                        Locale.ROOT,
                        "From %,d to %,d accounts what is in use of the heap changes by %+.1f MB, which is %+.1f bytes for each.",
                        fewest,
                        most,
                        large.middle() - small.middle(),
                        (large.middle() - small.middle()) * 1e6 / (most - fewest));
    }

    private Predicate<Grown> on(Axis axis) {
        return switch (axis) {
            case ACCOUNTS -> one -> one.queued() == 1 && one.booked() == 1 && options.growthAccounts().contains(one.accounts());
            case QUEUE -> one -> one.accounts() == Growth.DUE && one.booked() == 1;
            case LEDGER -> one -> one.accounts() == Growth.DUE && one.queued() == 1;
        };
    }

    private List<Integer> sizes(Axis axis) {
        return grown.stream().filter(on(axis)).map(axis.size::applyAsInt).distinct().sorted().toList();
    }

    private Spread of(String contender, Axis axis, int size, Function<Grown, Double> figure) {
        return Spread.of(grown.stream()
                .filter(on(axis))
                .filter(one -> one.contender().equals(contender) && axis.size.applyAsInt(one) == size)
                .map(figure)
                .filter(Objects::nonNull)
                .toList());
    }

    private Picture picture() {
        double largest = grown.stream()
                .mapToDouble(one -> Math.max(one.accounts(), Math.max(one.queued(), one.booked())))
                .max()
                .orElseThrow();
        DoubleSummaryStatistics micros =
                grown.stream().mapToDouble(Grown::micros).summaryStatistics();
        Picture picture = new Picture(
                "Processor time for each release, µs",
                Picture.Axis.powers("accounts, drafts in each queue, releases in each ledger", 0, power(largest)),
                Picture.Axis.powers("µs for each release", power(micros.getMin() / 10), power(micros.getMax())));
        for (String contender : List.of(Release.SERVICE, Release.limit())) {
            for (Axis axis : Axis.values()) {
                List<Integer> sizes = sizes(axis);
                picture.dots(
                        (contender.equals(Release.SERVICE) ? "service" : "bare SQL") + ", " + axis.title,
                        sizes.stream().mapToDouble(size -> size).toArray(),
                        sizes.stream()
                                .mapToDouble(size -> of(contender, axis, size, Grown::micros).middle())
                                .toArray());
            }
        }
        return picture;
    }

    /** The power of ten that is no less. */
    private static int power(double value) {
        return (int) Math.ceil(Math.log10(value));
    }
}
