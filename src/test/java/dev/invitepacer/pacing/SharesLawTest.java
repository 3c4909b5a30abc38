package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import dev.invitepacer.pacing.Shares.Campaign;
import dev.invitepacer.pacing.Shares.Choice;

/** The shares, counted in whole numbers: after n releases, a campaign of weight w out of W is owed n * w / W. */
class SharesLawTest {
    /** What an account keeps between two choices. */
    private static final class Book {
        private final Map<String, Campaign> campaigns = new TreeMap<>();
        private long time;

        String choose(List<String> backlogged, Random random) {
            List<Campaign> some = new ArrayList<>();
            backlogged.forEach(name -> some.add(campaigns.get(name)));
            Collections.shuffle(some, random);
            Choice choice = Shares.choose(some, time);
            campaigns.replaceAll((name, c) -> new Campaign(name, c.weight(), c.tag(), false));
            choice.inLine().forEach(campaign -> campaigns.put(campaign.name(), campaign));
            time = choice.time();
            return choice.name();
        }

        void add(String name, int weight) {
            campaigns.put(name, new Campaign(name, weight, 0, false));
        }

        List<String> names() {
            return List.copyOf(campaigns.keySet());
        }

        int weights() {
            return campaigns.values().stream().mapToInt(Campaign::weight).sum();
        }
    }

    @Property(tries = 1_000)
    void eachCampaignIsAlwaysLessThanOneReleaseFromItsShare(@ForAll long seed) {
        Random random = new Random(seed);
        Book book = anyCampaigns(random, 12);
        int weights = book.weights();
        Map<String, Integer> released = new HashMap<>();

        for (int n = 1; n <= 600; n++) {
            released.merge(book.choose(book.names(), random), 1, Integer::sum);
            for (Campaign campaign : book.campaigns.values()) {
                long ahead = (long) released.getOrDefault(campaign.name(), 0) * weights - (long) n * campaign.weight();
                if (Math.abs(ahead) >= weights) {
                    fail("%s is %d parts of %d from its share after %d releases"
                            .formatted(campaign, ahead, weights, n));
                }
            }
        }
    }

    @Property(tries = 300)
    void theOrderInWhichTheyAreGivenDoesNotMatter(@ForAll long seed) {
        Book one = anyCampaigns(new Random(seed), 12);
        Book other = anyCampaigns(new Random(seed), 12);
        Random shuffles = new Random(seed + 1);

        for (int n = 0; n < 100; n++) {
            assertThat(one.choose(one.names(), new Random(0))).isEqualTo(other.choose(other.names(), shuffles));
        }
    }

    @Property(tries = 500)
    void whoWasAwayCatchesNothingUp(@ForAll long seed) {
        Random random = new Random(seed);
        Book book = anyCampaigns(random, 8);
        book.add("away", 1 + random.nextInt(100));
        int weights = book.weights();
        int weight = book.campaigns.get("away").weight();
        List<String> others =
                book.names().stream().filter(name -> !name.equals("away")).toList();
        for (int n = random.nextInt(50); n > 0; n--) {
            book.choose(book.names(), random);
        }
        for (int n = 1 + random.nextInt(2_000); n > 0; n--) {
            book.choose(others, random);
        }

        int released = 0;
        for (int n = 1; n <= 400; n++) {
            released += book.choose(book.names(), random).equals("away") ? 1 : 0;
            assertThat((long) released * weights - (long) n * weight)
                    .as("ahead after %d, in parts of %d", n, weights)
                    .isLessThan(weights);
        }
    }

    @Property(tries = 500)
    void nothingIsWonByLeavingAndComingBack(@ForAll long seed) {
        Random random = new Random(seed);
        Book book = new Book();
        book.add("hopper", 1 + random.nextInt(20));
        book.add("steady", 1 + random.nextInt(20));
        int weight = book.campaigns.get("hopper").weight();
        int weights = book.weights();

        int released = 0;
        boolean hasJustGone = false;
        int present = 0;
        for (int n = 1; n <= 600; n++) {
            // It has one draft, and after its release the next one a moment too late.
            boolean isThere = !hasJustGone;
            present += 1;
            boolean goes = book.choose(isThere ? book.names() : List.of("steady"), random)
                    .equals("hopper");
            hasJustGone = goes;
            released += goes ? 1 : 0;
            assertThat((long) released * weights - (long) present * weight).isLessThan(weights);
        }
    }

    @Property(tries = 400)
    void whateverComesAndGoesWhoWaitsIsReleasedInGoodTime(@ForAll long seed) {
        Random random = new Random(seed);
        Book book = anyCampaigns(random, 12);
        String waiting = book.names().get(0);
        int weight = book.campaigns.get(waiting).weight();
        int longest = 2 * (book.weights() / weight + book.names().size());

        int waited = 0;
        for (int n = 0; n < 800; n++) {
            List<String> some = new ArrayList<>(book.names());
            some.removeIf(name -> !name.equals(waiting) && random.nextInt(3) == 0);
            waited = book.choose(some, random).equals(waiting) ? 0 : waited + 1;
            assertThat(waited).as("%s", book.campaigns).isLessThan(longest);
        }
    }

    @Property(tries = 200)
    void tagsStayTogetherSoThatNothingOverflows(@ForAll long seed) {
        Random random = new Random(seed);
        Book book = anyCampaigns(random, 40);

        for (int n = 0; n < 1_500; n++) {
            List<String> some = new ArrayList<>(book.names());
            some.removeIf(name -> random.nextInt(3) > 0);
            book.choose(some.isEmpty() ? book.names() : some, random);
            if (random.nextInt(20) == 0) {
                Campaign one = book.campaigns.get(
                        book.names().get(random.nextInt(book.names().size())));
                int weight = 1 + random.nextInt(100);
                book.campaigns.put(
                        one.name(),
                        new Campaign(
                                one.name(),
                                weight,
                                Shares.reweigh(one.tag(), one.weight(), weight, book.time),
                                one.inLine()));
            }
            for (Campaign campaign : book.campaigns.values()) {
                if (campaign.inLine()) {
                    assertThat(Math.abs(campaign.tag() - book.time) / Shares.UNIT)
                            .isLessThan(20);
                }
            }
        }
    }

    @Example
    void aLoneCampaignTakesEverySlotAndItsTagGrowsByItsUnit() {
        Choice first = Shares.choose(List.of(new Campaign("a", 4, 0, false)), 0);
        Choice second = Shares.choose(first.inLine(), first.time());

        assertThat(second.inLine()).containsExactly(new Campaign("a", 4, Shares.UNIT / 2, true));
        assertThat(second.time()).isEqualTo(Shares.UNIT / 2);
    }

    @Example
    void weightsOneTwoThreeTakeTurnsInASixth() {
        Book book = new Book();
        book.add("one", 1);
        book.add("two", 2);
        book.add("three", 3);
        List<String> order = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            order.add(book.choose(book.names(), new Random(n)));
        }

        assertThat(order.subList(0, 6)).isEqualTo(order.subList(6, 12));
        assertThat(order.subList(0, 6)).containsExactly("three", "two", "three", "one", "three", "two");
    }

    @Example
    void aChangedWeightKeepsWhatACampaignIsAheadInReleases() {
        long tag = 5 * Shares.UNIT;

        assertThat(Shares.reweigh(tag, 1, 100, 4 * Shares.UNIT)).isEqualTo(4 * Shares.UNIT + Shares.UNIT / 100);
        assertThat(Shares.reweigh(tag, 2, 1, 6 * Shares.UNIT)).isEqualTo(4 * Shares.UNIT);
    }

    @Example
    void withoutACampaignThereIsNothingToChoose() {
        assertThatThrownBy(() -> Shares.choose(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Campaign("a", 0, 0, false)).hasMessageContaining("1 to 100");
    }

    private static Book anyCampaigns(Random random, int most) {
        Book book = new Book();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            book.add("campaign-" + i, 1 + random.nextInt(100));
        }
        return book;
    }
}
