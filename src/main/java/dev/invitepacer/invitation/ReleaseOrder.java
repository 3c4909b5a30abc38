package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.invitepacer.web.Page;

/**
 * The queue in the order in which it goes: what is foreseen, then the others by id. What is foreseen is computed once a
 * page. A cursor holds the instant after which to go on, so that what has gone meanwhile hides nothing.
 */
@ApplicationScoped
class ReleaseOrder {
    private static final String SHAPE = "f-?[0-9]{1,18}_[0-9]{1,18}|r[0-9]{1,18}";

    private final Invitations invitations;
    private final Foresight foresight;

    ReleaseOrder(Invitations invitations, Foresight foresight) {
        this.invitations = invitations;
        this.foresight = foresight;
    }

    Page<InvitationView> page(String account, Sought sought, int limit, String cursor) {
        String after = cursor == null ? "f" : Page.key(cursor, SHAPE);
        List<Foresight.Next> foreseen = foresight.next(account);
        List<InvitationView> views = new ArrayList<>();
        if (after.startsWith("f")) {
            views.addAll(foreseen(account, sought, rest(foreseen, after), limit + 1));
        }
        if (views.size() <= limit) {
            List<Long> ids = foreseen.stream().map(Foresight.Next::invitation).toList();
            long last = after.startsWith("r") ? Long.parseLong(after.substring(1)) : 0;
            invitations.others(account, sought, ids, last, limit + 1 - views.size()).stream()
                    .map(InvitationView::of)
                    .forEach(views::add);
        }
        return views.size() <= limit
                ? new Page<>(views, null)
                : new Page<>(List.copyOf(views.subList(0, limit)), Page.cursor(key(views.get(limit - 1))));
    }

    private List<InvitationView> foreseen(String account, Sought sought, List<Foresight.Next> foreseen, int most) {
        List<Foresight.Next> wanted = foreseen;
        if (!sought.isWholeQueue()) {
            Set<Long> found = new HashSet<>(invitations.sought(
                    account,
                    sought,
                    foreseen.stream().map(Foresight.Next::invitation).toList()));
            wanted = foreseen.stream()
                    .filter(next -> found.contains(next.invitation()))
                    .toList();
        }
        List<Foresight.Next> shown = wanted.stream().limit(most).toList();
        Map<Long, Invitation> byId = new HashMap<>();
        invitations
                .all(account, shown.stream().map(Foresight.Next::invitation).toList())
                .forEach(invitation -> byId.put(invitation.id, invitation));
        return shown.stream()
                .map(next -> byId.containsKey(next.invitation())
                        ? InvitationView.of(byId.get(next.invitation()), new Foresight.Estimate(null, next.releaseAt()))
                        : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Foresight.Next> rest(List<Foresight.Next> foreseen, String after) {
        if (after.equals("f")) {
            return foreseen;
        }
        String[] parts = after.substring(1).split("_");
        Instant at = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
        long id = Long.parseLong(parts[1]);
        int from = 0;
        for (int i = 0; i < foreseen.size(); i++) {
            if (foreseen.get(i).invitation() == id) {
                return foreseen.subList(i + 1, foreseen.size());
            }
            from += foreseen.get(i).releaseAt().isAfter(at) ? 0 : 1;
        }
        return foreseen.subList(from, foreseen.size());
    }

    private static String key(InvitationView last) {
        return last.estimatedReleaseAt() == null
                ? "r" + last.id()
                : "f" + ChronoUnit.MICROS.between(Instant.EPOCH, last.estimatedReleaseAt()) + "_" + last.id();
    }
}
