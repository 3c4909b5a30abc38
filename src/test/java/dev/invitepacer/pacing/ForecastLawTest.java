package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The forecast is what happens: replayed against a reader that looks at every draft anew, whenever it likes. */
class ForecastLawTest {
    private static final Duration HORIZON = Duration.ofDays(28);

    @Provide
    Arbitrary<Outreach> outreach() {
        return Outreach.any();
    }

    /**
     * At each instant told a release is due and it is of the draft told; at no instant in between: neither where something
     * turns, nor at random ones.
     */
    @Property(tries = 1_000)
    void everyReleaseHappensWhenItIsToldAndNoneSooner(@ForAll("outreach") Outreach outreach, @ForAll long seed) {
        Random random = new Random(seed);
        Instant start = outreach.inputs.now();
        Forecast forecast = Forecast.of(outreach.inputs, start.plus(HORIZON));

        Instant last = start.minus(1, ChronoUnit.MICROS);
        for (Forecast.Release release : forecast.releases()) {
            nothingGoes(outreach, last, release.at(), random);
            assertThat(outreach.decide(release.at())).as("at %s", release.at()).isEqualTo(new Decision.Release());
            assertThat(outreach.release(release.at())).isEqualTo(release.draft());
            last = release.at();
        }
        nothingGoes(outreach, last, start.plus(HORIZON), random);
        assertThat(forecast.left()).isEqualTo(outreach.left(forecast.endsAt()));
    }

    /** Who reads only the beginning of each campaign is told the same, or where that ends. */
    @Property(tries = 1_000)
    void theBeginningOfAQueueTellsTheSameAsFarAsItGoes(@ForAll("outreach") Outreach outreach, @ForAll long seed) {
        Random random = new Random(seed);
        Instant horizon = outreach.inputs.now().plus(HORIZON);
        boolean isBareApart = random.nextBoolean();
        List<QueuedCampaign> cut = new ArrayList<>();
        for (QueuedCampaign campaign : outreach.inputs.campaigns()) {
            int most = 1 + random.nextInt(campaign.drafts().size() + 1);
            cut.add(beginning(campaign, most, isBareApart));
        }

        Forecast whole = Forecast.of(outreach.inputs, horizon);
        Forecast beginning = Forecast.of(outreach.inputs.withCampaigns(cut), horizon);

        assertThat(beginning.releases())
                .isEqualTo(whole.releases().stream()
                        .limit(beginning.releases().size())
                        .toList());
        if (!(beginning.end() instanceof Forecast.End.Unread)) {
            assertThat(beginning.releases()).hasSameSizeAs(whole.releases());
        }
    }

    /** However many wait for notes, the others are told, and those of later months. */
    @Example
    void draftsThatWaitForNotesDoNotHideTheOthers() {
        for (int perMonth : new int[] {0, 3}) {
            Forecast.Inputs inputs = ForecastSpeedTest.notedFirst(9_000, 300, perMonth);
            List<QueuedCampaign> cut = inputs.campaigns().stream()
                    .map(campaign -> beginning(campaign, 1_000, true))
                    .toList();
            Instant horizon = inputs.now().plus(Duration.ofDays(60));
            Forecast whole = Forecast.of(inputs, horizon);
            Forecast beginning = Forecast.of(inputs.withCampaigns(cut), horizon);

            assertThat(whole.releases()).hasSize(300 + 3 * perMonth);
            assertThat(beginning.releases()).isEqualTo(whole.releases());
            assertThat(beginning.end()).isEqualTo(whole.end());
            assertThat(beginning.endsAt()).isEqualTo(whole.endsAt());
        }
    }

    private static QueuedCampaign beginning(QueuedCampaign campaign, int most, boolean isBareApart) {
        List<QueuedDraft> bare = isBareApart
                ? campaign.drafts().stream()
                        .filter(draft -> !draft.hasNote())
                        .limit(most)
                        .toList()
                : List.of();
        List<QueuedDraft> read = Stream.concat(campaign.drafts().stream().limit(most), bare.stream())
                .distinct()
                .sorted(Comparator.comparing(QueuedDraft::rank))
                .toList();
        return QueuedCampaign.beginning(campaign.share(), campaign.isPaused(), read, most, isBareApart);
    }

    /** One draft's release is the same, whether asked for alone or with all. */
    @Property(tries = 200)
    void oneIsToldAsAllAre(@ForAll("outreach") Outreach outreach) {
        Instant horizon = outreach.inputs.now().plus(HORIZON);
        Forecast all = Forecast.of(outreach.inputs, horizon);

        List<Long> told = all.releases().stream().map(Forecast.Release::draft).collect(Collectors.toList());
        for (long draft : told) {
            Forecast one = Forecast.until(outreach.inputs, horizon, release -> release.draft() == draft);
            assertThat(one.end()).isEqualTo(new Forecast.End.Found());
            assertThat(one.at(draft)).isEqualTo(all.at(draft));
        }
    }

    private static void nothingGoes(Outreach outreach, Instant from, Instant to, Random random) {
        List<Instant> looks = new ArrayList<>(outreach.turns(from, to));
        long between = from.until(to, ChronoUnit.MICROS);
        for (int i = 0; i < 20 && between > 1; i++) {
            looks.add(from.plus(1 + random.nextLong(between - 1), ChronoUnit.MICROS));
        }
        for (Instant look : looks) {
            assertThat(outreach.decide(look)).as("at %s", look).isNotEqualTo(new Decision.Release());
        }
    }
}
