package dev.invitepacer.simulation;

import jakarta.persistence.LockModeType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.hibernate.Session;

import dev.invitepacer.account.AcceptanceRecord;
import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.CapLearning;
import dev.invitepacer.account.LedgerOfMemory;
import dev.invitepacer.account.Pace;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.OpenDelivery;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.InvitationRow;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.report.OpenReports;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.withdrawal.OpenNight;

/** The service's own code, over the unit that is {@link #current} in place of a database. */
final class Memory {
    private static final Duration WEEK = Duration.ofHours(168);

    Unit current;
    private long lastId;
    private final Supplier<Instant> time;

    final Ledger ledger = new Ledger();
    final Tasks tasks = new Tasks();
    final History journal = new History();
    final CapLearning learning = PaceRow.learning(ledger, acceptances(), journal);
    final OpenReports reports;
    final OpenDelivery delivery;
    final OpenNight night = new OpenNight(tasks, journal);

    Memory(Supplier<Instant> time, DoubleSupplier chance) {
        this.time = time;
        Clock clock = new Clock();
        People people = new People();
        AccountsOfMemory accounts = new AccountsOfMemory();
        PacerConfig config = config();
        reports = new OpenReports(
                accounts, people, tasks, ledger, journal, InvitationRow.noSecondTries(config), learning, clock, config);
        delivery = new OpenDelivery(session(), accounts, tasks, reports.aftermath(), journal, clock, chance);
    }

    long nextId() {
        return ++lastId;
    }

    private final class Clock extends ServiceClock {
        Clock() {
            super(null);
        }

        @Override
        public Instant now() {
            return time.get();
        }
    }

    private final class AccountsOfMemory extends Accounts {
        AccountsOfMemory() {
            super(null, null);
        }

        @Override
        public Optional<Pace> tryLock(String account) {
            return Optional.of(current.pace);
        }

        @Override
        public AccountSettings settings(String account) {
            return current.settings;
        }
    }

    private final class People extends Invitations {
        @Override
        public Optional<Invitation> known(String account, long id) {
            return Optional.ofNullable(current.invitation(id));
        }

        @Override
        public Optional<Invitation> liveRivalOf(Invitation invitation) {
            return current.allTo(invitation.profile).stream()
                    .filter(other -> !other.id.equals(invitation.id) && other.state.isLive())
                    .findFirst();
        }

        @Override
        public List<Invitation> allTo(String account, Profile profile) {
            List<Invitation> all = new ArrayList<>(current.allTo(profile.slug()));
            all.sort(Comparator.comparing((Invitation one) -> !one.state.isLive())
                    .thenComparing(one -> one.id, Comparator.reverseOrder()));
            return all;
        }

        @Override
        public Invitation addSentByHand(String account, Profile profile, Instant sentAt, Instant now) {
            Invitation added = InvitationRow.added(account, nextId(), profile.slug());
            added.state = State.PENDING;
            added.source = "by-hand";
            added.queuedAt = now;
            added.sentAt = sentAt;
            added.pendingSince = sentAt;
            current.add(added);
            return added;
        }
    }

    final class Tasks extends TasksOfMemory {
        @Override
        public Task known(String id) {
            return current.task(Long.parseLong(id));
        }

        @Override
        public Task locked(String id) {
            return current.locked(Long.parseLong(id));
        }

        @Override
        public Optional<Task> findByIdOptional(Long id) {
            return Optional.ofNullable(current.task(id));
        }

        @Override
        public String laneOf(String account) {
            return Rows.lane(account, current.settings);
        }

        @Override
        public List<Task> openOf(String account, long invitation) {
            return current.openOf(invitation);
        }

        void openSend(Invitation released, Instant now) {
            current.open(
                    added(nextId(), released.account, released.id, TaskKind.SEND, released.attempt, null, null, now));
        }

        @Override
        public void openWithdrawal(String account, long invitation, String reason, Instant readyAt, Instant now) {
            int attempt = 1;
            for (Task task : current.rows.tasksOf(invitation)) {
                attempt += task.kind == TaskKind.WITHDRAW && !task.isOpen() ? 1 : 0;
            }
            current.open(added(nextId(), account, invitation, TaskKind.WITHDRAW, attempt, reason, readyAt, now));
        }

        @Override
        public List<Withdrawal> withdrawals(String account, Instant since) {
            List<Withdrawal> asked = new ArrayList<>();
            for (Task task : current.open()) {
                if (task.kind == TaskKind.WITHDRAW) {
                    asked.add(new Withdrawal(true, task.readyAt()));
                }
            }
            for (Task task : current.rows.withdrawals(time.get())) {
                if (task.readyAt().isAfter(since)
                        && task.closedAt.isAfter(since)
                        && (!task.closedAt.isBefore(task.readyAt()) || "WITHDRAWN".equals(task.outcome))) {
                    asked.add(new Withdrawal(
                            false, task.closedAt.isBefore(task.readyAt()) ? task.closedAt : task.readyAt()));
                }
            }
            return asked;
        }
    }

    final class Ledger extends LedgerOfMemory {
        @Override
        public void bookByHand(String account, long invitation, Instant at) {
            current.book(new Booking(nextId(), at, false, invitation));
        }

        @Override
        public void giveBack(String account, long invitation, Instant now) {
            current.bookedOf(invitation).stream()
                    .filter(Booking::counts)
                    .forEach(row -> current.changed(row).returnedAt = now);
        }

        @Override
        public boolean takeBack(String account, long invitation) {
            Optional<Booking> last = current.bookedOf(invitation).stream()
                    .filter(row -> !row.counts())
                    .max(Comparator.comparingLong(row -> row.id));
            last.ifPresent(row -> {
                Booking changed = current.changed(row);
                changed.returnedAt = null;
                changed.isTakenBack = true;
            });
            return last.isPresent();
        }

        @Override
        public Optional<Instant> bookedAt(String account, long invitation) {
            return current.bookedOf(invitation).stream()
                    .filter(Booking::counts)
                    .max(Comparator.comparingLong(row -> row.id))
                    .map(row -> row.at);
        }

        @Override
        public int countOfWeek(String account, Instant at) {
            int count = 0;
            for (Booking row : current.rows.ledger) {
                Booking seen = current.seen(row);
                if (seen.counts() && seen.at.isAfter(at.minus(WEEK)) && !seen.at.isAfter(at)) {
                    count++;
                }
            }
            return count;
        }
    }

    final class History extends Journal {
        History() {
            super(null, null);
        }

        @Override
        public void tell(
                String account, Long invitation, Instant at, String event, String actor, Map<String, ?> detail) {
            current.told.add(new Unit.Told(invitation, at, event, detail));
        }
    }

    private AcceptanceRecord acceptances() {
        return (account, from) -> {
            int accepted = 0;
            int decided = 0;
            for (Invitation one : current.rows.over.values()) {
                if (one.sentAt != null && one.sentAt.isAfter(from)) {
                    decided++;
                    accepted += one.state == State.ACCEPTED ? 1 : 0;
                }
            }
            return new AcceptanceRecord.Counts(decided, accepted);
        };
    }

    private Session session() {
        return (Session) Proxy.newProxyInstance(
                Memory.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")
                            && arguments[0] == Task.class
                            && arguments[2] == LockModeType.PESSIMISTIC_WRITE) {
                        return current.locked((Long) arguments[1]);
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    /** A setting that is asked for has a value of the kind; no other is asked for. */
    private static PacerConfig config() {
        return proxy(PacerConfig.class);
    }

    private static <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, none) -> {
            if (method.getReturnType() == Duration.class) {
                return Duration.ofDays(7);
            }
            if (method.getReturnType() == int.class) {
                return 100_000;
            }
            return method.getReturnType().isInterface() ? proxy(method.getReturnType()) : null;
        }));
    }
}
