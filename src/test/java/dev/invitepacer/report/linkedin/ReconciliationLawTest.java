package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import dev.invitepacer.invitation.State;
import dev.invitepacer.report.linkedin.Reconciliation.Finding;
import dev.invitepacer.report.linkedin.Reconciliation.Known;

/** Laws of reconciling, held against a world that does what the findings say. */
class ReconciliationLawTest {
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MINUTES = 365 * 24 * 60;

    /** One person's invitations and all bookings, those that belong to none of them included. */
    private static final class World {
        private final List<Known> known = new ArrayList<>();
        private final List<Instant> withoutInvitation = new ArrayList<>();

        /** Does what the findings say; answers how many of them brought anything new. */
        int apply(Collection<Instant> rows) {
            int news = 0;
            for (Finding finding : Reconciliation.of(List.copyOf(known), rows)) {
                switch (finding.kind()) {
                    case ALREADY -> {}
                    case EARLIER -> {
                        if (!withoutInvitation.contains(finding.at())) {
                            withoutInvitation.add(finding.at());
                            news++;
                        }
                    }
                    case SENT, BY_HAND, AGAIN -> {
                        news++;
                        becomePending(finding);
                    }
                }
            }
            return news;
        }

        private void becomePending(Finding finding) {
            Known before = known.stream()
                    .filter(one -> finding.invitation() != null && one.id() == finding.invitation())
                    .findFirst()
                    .orElse(new Known(10L + known.size(), State.PENDING, finding.at(), null, null, List.of()));
            List<Instant> booked = new ArrayList<>(before.booked());
            if (booked.isEmpty() || finding.kind() == Reconciliation.Kind.AGAIN) {
                booked.add(finding.at());
                withoutInvitation.remove(finding.at());
            }
            known.remove(before);
            boolean staysOver = before.state() == State.ACCEPTED;
            known.add(new Known(
                    before.id(),
                    staysOver ? State.ACCEPTED : State.PENDING,
                    before.queuedAt(),
                    finding.at(),
                    staysOver ? before.endedAt() : null,
                    booked));
        }

        /** The live invitation ends at this instant. */
        void end(State how, Instant at) {
            known.replaceAll(one -> one.state().isLive()
                    ? new Known(one.id(), how, one.queuedAt(), one.sentAt(), at, one.booked())
                    : one);
        }

        List<Instant> bookings() {
            List<Instant> all = new ArrayList<>(withoutInvitation);
            known.forEach(one -> all.addAll(one.booked()));
            all.sort(null);
            return all;
        }

        long live() {
            return known.stream().filter(one -> one.state().isLive()).count();
        }
    }

    @Property(tries = 2_000)
    void everyRowOfAStrangerIsCountedOnceAtItsOwnInstant(@ForAll Random random) {
        World world = new World();
        TreeSet<Instant> rows = minutes(random, 1 + random.nextInt(6));

        world.apply(rows);

        assertThat(world.bookings()).containsExactlyElementsOf(rows);
        assertThat(world.live()).isOne();
    }

    @Property(tries = 5_000)
    void theSameExportTwiceChangesNothing(@ForAll Random random) {
        World world = anyWorld(random);
        TreeSet<Instant> rows = minutes(random, 1 + random.nextInt(5));

        world.apply(rows);
        List<Instant> bookings = world.bookings();
        List<Known> known = List.copyOf(world.known);

        assertThat(world.apply(rows)).isZero();
        assertThat(world.bookings()).isEqualTo(bookings);
        assertThat(world.known).isEqualTo(known);
        assertThat(world.live()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 5_000)
    void anAnswerBetweenTwoUploadsChangesNothingOfTheCount(@ForAll Random random) {
        World world = anyWorld(random);
        TreeSet<Instant> rows = minutes(random, 1 + random.nextInt(5));
        world.apply(rows);
        List<Instant> bookings = world.bookings();

        world.end(random.nextBoolean() ? State.ACCEPTED : State.DECLINED, YEAR.plus(Duration.ofDays(366)));
        world.apply(rows);

        assertThat(world.bookings()).isEqualTo(bookings);
        assertThat(world.live()).isZero();
    }

    @Property(tries = 3_000)
    void itDoesNotMatterWhichOfTwoExportsComesFirst(@ForAll Random random) {
        TreeSet<Instant> all = spaced(random);
        TreeSet<Instant> one = part(all, random);
        TreeSet<Instant> other = part(all, random);
        World oneFirst = new World();
        oneFirst.apply(one);
        oneFirst.apply(other);
        World otherFirst = new World();
        otherFirst.apply(other);
        otherFirst.apply(one);

        TreeSet<Instant> told = new TreeSet<>(one);
        told.addAll(other);
        assertThat(oneFirst.bookings()).containsExactlyElementsOf(told);
        assertThat(otherFirst.bookings()).containsExactlyElementsOf(told);
    }

    @Property(tries = 2_000)
    void aReleaseIsCountedOnceWheneverItsSenderClicked(@ForAll Random random) {
        World world = new World();
        Instant released = minute(random).plusSeconds(random.nextInt(60));
        Instant clicked = released.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 15)))
                .truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        State state = List.of(State.RELEASED, State.PENDING, State.WITHDRAWING).get(random.nextInt(3));
        world.known.add(new Known(1, state, released.minusSeconds(60), null, null, List.of(released)));

        world.apply(List.of(clicked));

        assertThat(world.bookings()).containsExactly(released);
    }

    /** A stranger, or somebody with an ended and perhaps a live invitation. */
    private static World anyWorld(Random random) {
        World world = new World();
        Instant first = minute(random);
        if (random.nextBoolean()) {
            State ended = List.of(State.WITHDRAWN, State.ACCEPTED, State.DECLINED, State.CANCELLED, State.FAILED)
                    .get(random.nextInt(5));
            boolean isBooked = ended != State.CANCELLED && random.nextInt(5) > 0;
            world.known.add(new Known(
                    1, ended, first, null, first.plus(Duration.ofDays(30)), isBooked ? List.of(first) : List.of()));
        }
        if (random.nextBoolean()) {
            Instant second = first.plus(Duration.ofDays(60));
            State live = List.of(State.QUEUED, State.RELEASED, State.PENDING, State.WITHDRAWING)
                    .get(random.nextInt(4));
            world.known.add(new Known(2, live, second, null, null, live == State.QUEUED ? List.of() : List.of(second)));
        }
        return world;
    }

    private static Instant minute(Random random) {
        return YEAR.plus(Duration.ofMinutes(random.nextInt(MINUTES)));
    }

    private static TreeSet<Instant> minutes(Random random, int many) {
        TreeSet<Instant> minutes = new TreeSet<>();
        while (minutes.size() < many) {
            minutes.add(minute(random));
        }
        return minutes;
    }

    /** As far apart as LinkedIn allows invitations to one person to be. */
    private static TreeSet<Instant> spaced(Random random) {
        TreeSet<Instant> spaced = new TreeSet<>();
        Instant at = YEAR;
        for (int i = 0; i < 5; i++) {
            at = at.plus(Duration.ofDays(21)).plus(Duration.ofMinutes(random.nextInt(60 * 24 * 30)));
            spaced.add(at);
        }
        return spaced;
    }

    private static TreeSet<Instant> part(TreeSet<Instant> all, Random random) {
        TreeSet<Instant> part = new TreeSet<>(all);
        part.removeIf(row -> random.nextBoolean());
        return part;
    }
}
