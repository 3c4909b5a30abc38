package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be true of the database after any race, any fault and any jump of the clock. It reads the tables as they are
 * and counts by brute force; of the product's code it uses nothing.
 *
 * <ol>
 *   <li>At every release, no more than the cap then in force counted in the 168 hours before it; and in no window of 168
 *       hours lie more releases that count than the highest cap.
 *   <li>The history leads to every invitation's state, each move begins where the one before it ended, and every release
 *       is told once, booked once, counted as an attempt once, and handed to a sender once.
 *   <li>A released invitation has one open task to send it, one to be withdrawn one to withdraw it, any other none, nor
 *       has one whose person was erased.
 *   <li>Of an invitation's bookings one counts if it went out or may have gone out, and none otherwise.
 *   <li>No account has two live invitations to one person.
 * </ol>
 *
 * <p>Of accounts from which a sender takes a "not sent" back, the first is not to be expected.
 */
public final class Audit {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Set<String> LIVE = Set.of("QUEUED", "RELEASED", "PENDING", "WITHDRAWING");
    private static final Set<String> SENT = Set.of("SENT", "SENT_BY_HAND");

    private record Booking(long id, Instant at, String kind, Long invitation, int cap, boolean counts) {}

    private record Invitation(long id, String profile, String state, int attempt) {
        /** Nobody can be asked to send it any more. */
        boolean isErased() {
            return profile.startsWith("erased:");
        }
    }

    private record Task(long invitation, String kind, boolean isOpen, int attempt) {}

    private record Event(long id, Long invitation, Instant at, String name, JsonNode detail) {}

    /** What the history says of one invitation. */
    private static final class Life {
        private String state = "";
        private int releases;
        private boolean counts;
    }

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> findings = new ArrayList<>();
    private final Map<String, List<Booking>> ledger;
    private final Map<String, List<Invitation>> invitations;
    private final Map<String, List<Task>> tasks;
    private final Map<String, List<Event>> history;

    private Audit(Connection database) throws SQLException {
        ledger = read(
                database,
                "select account, id, at, kind, invitation, cap, returned_at is null from ledger order by id",
                row -> new Booking(
                        row.getLong(2),
                        instant(row, 3),
                        row.getString(4),
                        id(row, 5),
                        row.getInt(6),
                        row.getBoolean(7)));
        invitations = read(
                database,
                "select account, id, profile, state, attempt from invitation order by id",
                row -> new Invitation(row.getLong(2), row.getString(3), row.getString(4), row.getInt(5)));
        tasks = read(
                database,
                "select account, invitation, kind, state = 'OPEN', attempt from task order by id",
                row -> new Task(row.getLong(2), row.getString(3), row.getBoolean(4), row.getInt(5)));
        history = read(
                database,
                "select account, id, invitation, at, event, coalesce(detail, '{}') from history order by id",
                row -> new Event(row.getLong(2), id(row, 3), instant(row, 4), row.getString(5), tree(row, 6)));
    }

    /** Everything that is wrong, in sentences. Every row is read from one snapshot. */
    public static List<String> findings(Connection database) throws SQLException {
        boolean wasAutomatic = database.getAutoCommit();
        database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            Audit audit = new Audit(database);
            audit.check();
            return audit.findings;
        } finally {
            database.rollback();
            database.setAutoCommit(wasAutomatic);
        }
    }

    private void check() {
        history.keySet().forEach(account -> {
            checkCap(account);
            checkLives(account);
            checkOneLivePerPerson(account);
        });
        invitations.keySet().stream()
                .filter(account -> !history.containsKey(account))
                .forEach(account -> findings.add(account + " has invitations and no history"));
    }

    private void checkCap(String account) {
        List<Booking> booked = of(ledger, account);
        Iterator<Booking> releases = booked.stream()
                .filter(booking -> booking.kind().equals("RELEASE"))
                .iterator();
        int inForce = 0;
        int highest = 0;
        for (Event event : of(history, account)) {
            if (event.name().equals("account.created")) {
                inForce = event.detail().path("weeklyCap").asInt();
            } else if (event.name().equals("account.changed")) {
                inForce = event.detail().path("weeklyCap").path("to").asInt(inForce);
            } else if (event.name().equals("invitation.released")) {
                if (!releases.hasNext()) {
                    findings.add(account + ": release " + event.id() + " of the history is not in the ledger");
                    return;
                }
                checkRelease(account, booked, releases.next(), event, inForce);
            }
            highest = Math.max(highest, inForce);
        }
        releases.forEachRemaining(booking -> findings.add(account + ": booking " + booking.id() + " is not told"));
        for (Booking last : booked) {
            long within = booked.stream()
                    .filter(other -> other.counts() && other.kind().equals("RELEASE"))
                    .filter(other -> other.at().isAfter(last.at().minus(WEEK))
                            && !other.at().isAfter(last.at()))
                    .count();
            if (within > highest) {
                findings.add(account + ": " + within + " releases in the 168 hours to " + last.at()
                        + ", with no cap above " + highest);
            }
        }
    }

    private void checkRelease(String account, List<Booking> booked, Booking release, Event told, int inForce) {
        if (!told.invitation().equals(release.invitation()) || !told.at().equals(release.at())) {
            findings.add(account + ": booking " + release.id() + " is told as " + told);
        }
        if (release.cap() > inForce) {
            findings.add(
                    account + ": booking " + release.id() + " went by cap " + release.cap() + " instead of " + inForce);
        }
        // What was booked earlier with a later instant, by a clock that went back since, counts too.
        long counted = booked.stream()
                .filter(other -> other.counts() && other.id() <= release.id())
                .filter(other -> other.at().isAfter(release.at().minus(WEEK)))
                .count();
        if (counted > release.cap()) {
            findings.add(
                    account + ": the release at " + release.at() + " is number " + counted + " of " + release.cap());
        }
    }

    private void checkLives(String account) {
        Map<Long, Life> lives = new HashMap<>();
        for (Event event : of(history, account)) {
            if (event.invitation() != null) {
                live(account, lives.computeIfAbsent(event.invitation(), id -> new Life()), event);
            }
        }
        Map<Long, List<Booking>> booked = new HashMap<>();
        of(ledger, account).forEach(booking -> booked.computeIfAbsent(booking.invitation(), id -> new ArrayList<>())
                .add(booking));
        Map<Long, List<Task>> asked = new HashMap<>();
        of(tasks, account).forEach(task -> asked.computeIfAbsent(task.invitation(), id -> new ArrayList<>())
                .add(task));
        Set<Long> known = new HashSet<>();
        for (Invitation invitation : of(invitations, account)) {
            known.add(invitation.id());
            checkLife(
                    account + "/" + invitation.id(),
                    invitation,
                    lives.getOrDefault(invitation.id(), new Life()),
                    booked.getOrDefault(invitation.id(), List.of()),
                    asked.getOrDefault(invitation.id(), List.of()));
        }
        lives.keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> findings.add(account + "/" + id + " is in the history and nowhere else"));
    }

    private void live(String account, Life life, Event event) {
        String before = life.state;
        switch (event.name()) {
            case "invitation.queued" -> move(account, life, event, "", "QUEUED");
            case "invitation.released" -> {
                move(account, life, event, "QUEUED", "RELEASED");
                life.releases++;
                life.counts = true;
            }
            case "invitation.reported" -> {
                String from = event.detail().path("from").asText(before);
                move(account, life, event, from, event.detail().path("state").asText());
                boolean isHeeded = !event.detail().has("ignored");
                String report = event.detail().path("report").asText();
                if (isHeeded && SENT.contains(report)) {
                    life.counts = true;
                } else if (isHeeded && report.equals("REFUSED") && before.equals("RELEASED")) {
                    life.counts = false;
                }
            }
            case "invitation.withdrawal-asked" -> move(account, life, event, "PENDING", "WITHDRAWING");
            case "invitation.cancelled" -> move(account, life, event, "QUEUED", "CANCELLED");
            case "invitation.lapsed" -> move(account, life, event, "QUEUED", "LAPSED");
            case "invitation.expired" -> life.state = "EXPIRED";
            case "invitation.erased" -> {
                String from = event.detail().path("from").asText(before);
                move(account, life, event, from, event.detail().path("state").asText(before));
            }
            default -> {}
        }
    }

    private void move(String account, Life life, Event event, String from, String to) {
        if (!life.state.equals(from)) {
            findings.add(account + "/" + event.invitation() + ": " + event.name() + " from " + from + ", but it was "
                    + (life.state.isEmpty() ? "nothing" : life.state));
        }
        life.state = to;
    }

    private void checkLife(String name, Invitation is, Life told, List<Booking> booked, List<Task> asked) {
        same(name + ", its state in the history", told.state, is.state());
        same(name + ", its releases in the history", told.releases, is.attempt());
        same(
                name + ", its releases in the ledger",
                booked.stream()
                        .filter(booking -> booking.kind().equals("RELEASE"))
                        .count(),
                is.attempt());
        same(
                name + ", its bookings that count",
                booked.stream().filter(Booking::counts).count(),
                told.counts ? 1 : 0);
        List<Task> sends =
                asked.stream().filter(task -> task.kind().equals("SEND")).toList();
        same(name + ", the tasks to send it", sends.size(), is.attempt());
        same(
                name + ", the attempts of those tasks",
                sends.stream().map(Task::attempt).distinct().count(),
                is.attempt());
        same(
                name + ", its open tasks to send",
                open(asked, "SEND"),
                is.state().equals("RELEASED") && !is.isErased() ? 1 : 0);
        same(
                name + ", its open tasks to withdraw",
                open(asked, "WITHDRAW"),
                is.state().equals("WITHDRAWING") ? 1 : 0);
    }

    private static long open(List<Task> tasks, String kind) {
        return tasks.stream()
                .filter(task -> task.isOpen() && task.kind().equals(kind))
                .count();
    }

    private void same(String what, long found, long expected) {
        same(what, Long.toString(found), Long.toString(expected));
    }

    private void same(String what, String found, String expected) {
        if (!found.equals(expected)) {
            findings.add(what + ": " + found + " instead of " + expected);
        }
    }

    private void checkOneLivePerPerson(String account) {
        Map<String, Long> live = new HashMap<>();
        of(invitations, account).stream()
                .filter(invitation -> LIVE.contains(invitation.state()))
                .forEach(invitation -> {
                    Long other = live.put(invitation.profile(), invitation.id());
                    if (other != null) {
                        findings.add(account + ": " + other + " and " + invitation.id() + " are both live, to "
                                + invitation.profile());
                    }
                });
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Map<String, List<T>> read(Connection database, String sql, Reader<T> reader)
            throws SQLException {
        Map<String, List<T>> byAccount = new LinkedHashMap<>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                byAccount
                        .computeIfAbsent(rows.getString(1), account -> new ArrayList<>())
                        .add(reader.read(rows));
            }
        }
        return byAccount;
    }

    private static <T> List<T> of(Map<String, List<T>> rows, String account) {
        return rows.getOrDefault(account, List.of());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Long id(ResultSet row, int column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : id;
    }

    private JsonNode tree(ResultSet row, int column) throws SQLException {
        try {
            return json.readTree(row.getString(column));
        } catch (java.io.IOException unreadable) {
            throw new SQLException(unreadable);
        }
    }
}
