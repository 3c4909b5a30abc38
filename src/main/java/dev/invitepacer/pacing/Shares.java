package dev.invitepacer.pacing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which campaign's turn it is: each gets a share of an account's releases in proportion to its weight, and earliest
 * deadline first keeps it there.
 *
 * <p>Virtual time passes by {@code UNIT / (sum of the weights)} with each release. A campaign's tag is the virtual time at
 * which the share for its releases so far is used up; its next release is owed from the tag on and due {@code UNIT /
 * weight} later. Of the releases owed before the end of this slot, the one due first is made. Virtual time is the mean of
 * the tags by weight, so that what one campaign is ahead the others are behind.
 *
 * <p>Law: from an instant at which all campaigns stand at the same tag, and as long as the same campaigns with the same
 * weights have drafts, each has after any number of releases less than one release more or fewer than its exact share of
 * them. Where campaigns come and go: who comes stands where virtual time is, so that nothing lost is caught up; who comes
 * back with more than its share keeps its tag, so that nothing is won by leaving; and what who leaves is ahead or behind
 * falls to those who stay, by their weights. The proof is in {@code docs/explanation/order.md}.
 *
 * <p>Tags are exact for every weight that divides {@link #UNIT}, which are all up to 28 and most up to 100. Others are
 * taken to be heavier by less than one part in 10^10. A {@code long} is enough for 9 million releases of a campaign of weight
 * 1, which at the highest cap takes 900 years, so nothing has to bring tags down again.
 *
 * <p>Sources: Tijdeman, The chairman assignment problem (1980); Baruah and others, Proportionate progress (1996); Stoica
 * and Abdel-Wahab, Earliest eligible virtual deadline first (1995), for who comes and goes.
 */
public final class Shares {
    /** One release of a campaign of weight 1, in virtual time. Of the numbers up to 10^12 none has more divisors. */
    public static final long UNIT = 963_761_198_400L;

    public static final int HIGHEST_WEIGHT = 100;

    private Shares() {}

    /**
     * A campaign that has a draft which may go.
     *
     * @param weight 1 to {@value #HIGHEST_WEIGHT}
     * @param tag the virtual time at which the share for its releases so far is used up; 0 before the first
     * @param inLine whether it had a draft that could go at the account's last choice, too
     */
    public record Campaign(String name, int weight, long tag, boolean inLine) {
        public Campaign {
            if (weight < 1 || weight > HIGHEST_WEIGHT) {
                throw new IllegalArgumentException("weight is " + weight + ": 1 to " + HIGHEST_WEIGHT);
            }
        }

        private long due() {
            return tag + UNIT / weight;
        }

        /** What is owed in a slot and what is owed only at its end differ by {@code UNIT / weight} or more. */
        private long halfAPart() {
            return UNIT / weight / 2;
        }
    }

    /**
     * What was chosen, and what to choose by next time.
     *
     * @param name the campaign that releases
     * @param inLine the campaigns with their tags after that; who is not among them is not in line any more
     * @param time virtual time after that
     */
    public record Choice(String name, List<Campaign> inLine, long time) {
        public Choice {
            inLine = List.copyOf(inLine);
        }
    }

    /**
     * Chooses the campaign that releases next. The order of the list does not matter.
     *
     * @param backlogged the campaigns that have a draft which may go now, at least one; no name twice
     * @param time virtual time after the last choice; 0 before the first
     * @throws IllegalArgumentException if there is none to choose
     */
    public static Choice choose(List<Campaign> backlogged, long time) {
        if (backlogged.isEmpty()) {
            throw new IllegalArgumentException("no campaign has a draft that may go");
        }
        List<Campaign> line = lineUp(backlogged, time);
        long base = lowestTag(line);
        long weights = line.stream().mapToLong(Campaign::weight).sum();
        long endOfSlot = Math.addExact(aboveBase(line, base), UNIT);
        Campaign first = line.stream()
                .filter(campaign ->
                        Math.multiplyExact(campaign.tag() - base, weights) < endOfSlot - campaign.halfAPart())
                .min(Comparator.comparingLong(Campaign::due).thenComparing(Campaign::name))
                .orElseThrow();
        List<Campaign> after = line.stream()
                .map(campaign ->
                        campaign == first ? new Campaign(first.name(), first.weight(), first.due(), true) : campaign)
                .toList();
        return new Choice(first.name(), after, mean(after));
    }

    /**
     * The tag of a campaign whose weight changes: it is ahead or behind by as many releases as before.
     *
     * @param time virtual time after the last choice
     */
    public static long reweigh(long tag, int weight, int newWeight, long time) {
        return Math.addExact(time, Math.multiplyExact(tag - time, (long) weight) / newWeight);
    }

    /** Who was in line stays where it is; who comes starts at virtual time, or later where it has had more than its share. */
    private static List<Campaign> lineUp(List<Campaign> backlogged, long time) {
        List<Campaign> stayed = backlogged.stream().filter(Campaign::inLine).toList();
        long now = stayed.isEmpty() ? time : mean(stayed);
        List<Campaign> line = new ArrayList<>(backlogged.size());
        for (Campaign campaign : backlogged) {
            line.add(
                    campaign.inLine()
                            ? campaign
                            : new Campaign(campaign.name(), campaign.weight(), Math.max(now, campaign.tag()), true));
        }
        return line;
    }

    private static long mean(List<Campaign> campaigns) {
        long base = lowestTag(campaigns);
        return base
                + aboveBase(campaigns, base)
                        / campaigns.stream().mapToLong(Campaign::weight).sum();
    }

    /** The sum of what the tags are above {@code base}, by weight; so small a figure does not overflow. */
    private static long aboveBase(List<Campaign> campaigns, long base) {
        long sum = 0;
        for (Campaign campaign : campaigns) {
            sum = Math.addExact(sum, Math.multiplyExact(campaign.tag() - base, (long) campaign.weight()));
        }
        return sum;
    }

    private static long lowestTag(List<Campaign> campaigns) {
        return campaigns.stream().mapToLong(Campaign::tag).min().orElseThrow();
    }
}
