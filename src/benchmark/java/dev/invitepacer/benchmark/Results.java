package dev.invitepacer.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import dev.invitepacer.benchmark.enqueue.Enqueue;
import dev.invitepacer.benchmark.enqueue.Enqueued;
import dev.invitepacer.benchmark.release.Measured;
import dev.invitepacer.benchmark.release.Release;

/**
 * The figures of a run as they are kept, in JSON, to be compared with another run's.
 *
 * @param run what has to be known to read them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Results(List<String> run, List<Measured> releases, List<Enqueued> enqueued) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path file) throws IOException {
        keep(file, this);
    }

    /** Keeps figures as JSON. */
    public static void keep(Path file, Object figures) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(figures) + "\n");
    }

    /**
     * The service's figures as shares of what bare SQL did in the same run, the median of the repetitions. A machine that was slow or busy was so for both; so runs
     * of different machines and days can be compared.
     */
    SortedMap<String, Double> shares() {
        SortedMap<String, Double> shares = new TreeMap<>();
        releases.stream().map(Measured::accounts).distinct().forEach(accounts -> {
            Function<String, Spread> rate = contender -> Spread.of(releases.stream()
                    .filter(one -> one.accounts() == accounts && one.contender().equals(contender))
                    .map(Measured::releases)
                    .filter(Objects::nonNull)
                    .toList());
            put(
                    shares,
                    "releases, " + accounts + " accounts",
                    rate.apply(Release.SERVICE),
                    rate.apply(Release.limit()));
        });
        Function<String, Spread> rate = way -> Spread.of(enqueued.stream()
                .filter(one -> one.way().equals(way))
                .map(Enqueued::perSecond)
                .toList());
        put(shares, "single drafts", rate.apply(Enqueue.REST), rate.apply(Enqueue.SQL));
        return shares;
    }

    private static void put(Map<String, Double> shares, String name, Spread service, Spread limit) {
        if (!service.isEmpty() && !limit.isEmpty()) {
            shares.put(name, service.middle() / limit.middle());
        }
    }
}
