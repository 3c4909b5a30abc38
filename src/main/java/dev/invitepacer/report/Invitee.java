package dev.invitepacer.report;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

import dev.invitepacer.invitation.Profile;

/** Somebody whom an export shows as invited by the member, once or several times. */
final class Invitee {
    final long line;
    final String name;
    /** Null where the export has no addresses and the name has not been found yet. */
    Profile profile;

    final NavigableSet<Instant> sent = new TreeSet<>();

    Invitee(long line, String name, Profile profile) {
        this.line = line;
        this.name = name;
        this.profile = profile;
    }

    String slug() {
        return profile == null ? null : profile.slug();
    }
}
