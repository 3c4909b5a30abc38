package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.report.linkedin.ExportFile;
import dev.invitepacer.report.linkedin.PersonName;

/** Whom the rows of an export may mean: the people who are known to have been invited from an account. */
@ApplicationScoped
class InvitedPeople {
    static final String NAME_OF_SEVERAL =
            "Several people invited from here bear this name, and the file has no addresses: report by hand.";
    private static final String NAME_OF_NOBODY =
            "Nobody invited from here bears this name, and the file has no addresses: report it with the profile.";

    private final Invitations invitations;

    InvitedPeople(Invitations invitations) {
        this.invitations = invitations;
    }

    /** Gives invitees without an address the profile of the one person who bears their name; doubts the others. */
    void findByName(String account, Collection<Invitee> invitees, ExportTally tally) {
        Map<String, List<Invitation>> named = named(
                account,
                invitees.stream().filter(invitee -> invitee.profile == null).map(invitee -> invitee.name));
        for (Invitee invitee : invitees) {
            if (invitee.profile != null) {
                continue;
            }
            List<Invitation> found = named.getOrDefault(invitee.name, List.of());
            if (count(found) == 1) {
                invitee.profile = new Profile(found.get(0).profile);
            } else {
                tally.doubt(
                        ExportFile.INVITATIONS,
                        invitee.line,
                        invitee.name,
                        null,
                        found.isEmpty() ? NAME_OF_NOBODY : NAME_OF_SEVERAL);
            }
        }
    }

    /** The invitations to people of these names, by name. */
    Map<String, List<Invitation>> named(String account, Stream<String> names) {
        Set<String> wanted = names.collect(Collectors.toCollection(LinkedHashSet::new));
        if (wanted.isEmpty()) {
            return Map.of();
        }
        return invitations.allNamed(account, wanted).stream()
                .collect(Collectors.groupingBy(one -> one.firstName + " " + one.lastName));
    }

    /** The invitations to these people, by slug. */
    Map<String, List<Invitation>> known(String account, Stream<Profile> profiles) {
        List<Profile> wanted = new ArrayList<>(profiles.distinct().toList());
        if (wanted.isEmpty()) {
            return new HashMap<>();
        }
        return invitations.allTo(account, wanted).stream().collect(Collectors.groupingBy(one -> one.profile));
    }

    /** The name may have changed since an old invitation: the latest that has one says whom the address meant. */
    static boolean fits(List<Invitation> known, String name) {
        return known.stream()
                .filter(one -> one.firstName != null || one.lastName != null)
                .max(Comparator.comparing(one -> one.id))
                .map(one -> PersonName.fits(
                        Objects.toString(one.firstName, "") + " " + Objects.toString(one.lastName, ""), name))
                .orElse(true);
    }

    /** The live one, or else the latest. */
    static Invitation latest(List<Invitation> known) {
        return known.stream()
                .max(Comparator.<Invitation, Boolean>comparing(one -> one.state.isLive())
                        .thenComparing(one -> one.id))
                .orElseThrow();
    }

    /** How many people these invitations are to. */
    static long count(List<Invitation> known) {
        return known.stream().map(one -> one.profile).distinct().count();
    }
}
