package dev.invitepacer.benchmark.evenness;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Page;
import dev.invitepacer.benchmark.Picture;

/** Measures how evenly the rules use a week, and writes table and plot. */
public final class Evenness {
    private static final int SEEDS = 100;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofHours(168);

    private Evenness() {}

    /** @param week releases in the fullest 168 hours */
    record Figures(int hour, int day, int week, double distance, double perWeek) {
        static Figures of(List<Instant> releases) {
            return new Figures(
                    most(releases, HOUR),
                    most(releases, DAY),
                    most(releases, WEEK),
                    farthest(releases),
                    releases.size() / 4.0);
        }

        Figures worse(Figures other) {
            return new Figures(
                    Math.max(hour, other.hour),
                    Math.max(day, other.day),
                    Math.max(week, other.week),
                    Math.max(distance, other.distance),
                    Math.max(perWeek, other.perWeek));
        }
    }

    public static void run(Options options) throws IOException {
        Map<String, Supplier<Rule>> rules = rules();
        Map<String, Figures> figures = new LinkedHashMap<>();
        Picture picture = new Picture(
                "100 a week: the first of four weeks, an endless queue",
                Picture.Axis.even("days since Monday midnight", 7, 7),
                Picture.Axis.even("released", 160, 8));
        rules.forEach((name, rule) -> {
            List<Instant> releases = Scene.releases(rule.get());
            figures.put(name, Figures.of(releases));
            draw(picture, name, releases);
        });
        Figures worst = figures.get(RANDOM);
        for (int seed = 1; seed < SEEDS; seed++) {
            worst = worst.worse(Figures.of(Scene.releases(Rules.randomDelay(seed))));
        }
        figures.put("the same, the worst of each over " + SEEDS + " seeds", worst);
        picture.write(options.out().resolve("images/benchmark-evenness.svg"));
        page(figures).write(options.out().resolve("reference/benchmarks/evenness.md"));
    }

    private static final String RANDOM = "a loop with random delays";

    private static Map<String, Supplier<Rule>> rules() {
        Map<String, Supplier<Rule>> rules = new LinkedHashMap<>();
        rules.put("Invite Pacer", Rules::pacer);
        rules.put("Bucket4j, 100 a week, greedy", Rules::greedy);
        rules.put("Bucket4j, 100 a week, intervally", Rules::intervally);
        rules.put("Bucket4j, 1 in 24 minutes", Rules::single);
        rules.put("cron, 20 a day at 09:00", Rules::dailyBatch);
        rules.put("Failsafe, smooth, 1 in 24 minutes", Rules::smooth);
        rules.put(RANDOM, () -> Rules.randomDelay(0));
        return rules;
    }

    private static Page page(Map<String, Figures> figures) {
        List<List<String>> rows = new ArrayList<>();
        figures.forEach((name, one) -> rows.add(List.of(
                name,
                String.valueOf(one.hour()),
                String.valueOf(one.day()),
                String.valueOf(one.week()),
                String.format(Locale.ROOT, "%.1f", one.distance()),
                String.format(Locale.ROOT, "%.1f", one.perWeek()))));
        return new Page("Evenness")
                .paragraph(
                        "What becomes of \"100 a week\"? One account with an endless queue, active Monday to Friday from 09:00 to 17:00 in Oslo, four weeks with a clock"
                                + " change in the third, looked at every second of the active hours. Made by `mvn -Pbenchmark verify -Dbenchmark.parts=evenness`; time is simulated,"
                                + " so that every run gives these figures.")
                .table(
                        List.of(
                                "rule",
                                "most in an hour",
                                "most in 24 h",
                                "most in 168 h",
                                "farthest from the ideal line",
                                "a week, on average"),
                        rows)
                .paragraph("![A week of each](../../images/benchmark-evenness.svg)")
                .list(
                        List.of(
                                "The most are counted in every window of that length, wherever it begins, not by the calendar.",
                                "The ideal line rises by one in each 24 minutes of active time. The distance is in invitations, before and after each release.",
                                "Bucket4j runs with its own code and a clock that is set. \"Greedy\" and \"intervally\" are the two ways of its manual to say \"100 a week\": both begin full,"
                                        + " so that the week's 100 go at once, and greedy lets what is refilled meanwhile follow.",
                                "\"1 in 24 minutes\" needs somebody who divides the active hours by the cap, and again whenever hours, cap or a holiday change. It is as even as can be in a"
                                        + " plain week. It knows no ledger: a lowered cap, an invitation sent by hand or a second process with a bucket of its own pass the cap.",
                                "The clock of Failsafe's limiter cannot be set from outside. What is simulated is its documented rule: executions are spread out evenly, one permit in each"
                                        + " interval, none is saved up. It lives in one process and forgets with it.",
                                "The loop sleeps, in active hours, a random time of up to 48 minutes after each; its average is 100 a week, its weeks are not. The first line is seed 0."));
    }

    private static void draw(Picture picture, String name, List<Instant> releases) {
        List<Instant> first = releases.stream()
                .filter(at -> at.isBefore(Scene.BEGIN.plus(WEEK)))
                .toList();
        double[] across = new double[first.size() * 2 + 2];
        double[] up = new double[across.length];
        for (int i = 0; i < first.size(); i++) {
            double at = days(first.get(i));
            across[2 * i + 1] = at;
            up[2 * i + 1] = i;
            across[2 * i + 2] = at;
            up[2 * i + 2] = i + 1.0;
        }
        across[across.length - 1] = 7;
        up[up.length - 1] = first.size();
        picture.line(name, across, up);
    }

    private static double days(Instant at) {
        return Duration.between(Scene.BEGIN, at).toSeconds() / 86_400.0;
    }

    private static int most(List<Instant> releases, Duration length) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < releases.size(); last++) {
            while (!releases.get(first).isAfter(releases.get(last).minus(length))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static double farthest(List<Instant> releases) {
        double most = Math.abs(ideal(Scene.END) - releases.size());
        for (int i = 0; i < releases.size(); i++) {
            double ideal = ideal(releases.get(i));
            most = Math.max(most, Math.max(Math.abs(i - ideal), Math.abs(i + 1 - ideal)));
        }
        return most;
    }

    private static double ideal(Instant at) {
        return (double) Scene.CALENDAR.between(Scene.BEGIN, at).toNanos() / Scene.INTERVAL.toNanos();
    }
}
