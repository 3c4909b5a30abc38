package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.invitepacer.account.Text;

/** The spellings of a profile's address. Finds the slug in it; what a slug may hold is {@link Slug}'s business. */
final class ProfileLink {

    private static final int MAX_LENGTH = 2_048;

    private static final Pattern WEB_SCHEME = Pattern.compile("(?i)^(?:https?:)?//");
    private static final Pattern HOST =
            Pattern.compile("(?:(?:www|m|mobile|touch|[a-z]{2})\\.)?linkedin\\.com", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(?:[-_][a-z]{2})?");

    /** What may stand before {@code /in/}: the light mobile site, and links in LinkedIn's e-mails. */
    private static final Set<String> PREFIXES = Set.of("mwlite", "comm");

    private static final Set<String> ORGANISATIONS =
            Set.of("company", "company-beta", "school", "edu", "showcase", "groups", "organization");
    private static final Set<String> SEARCHES = Set.of("search", "sales", "recruiter", "talent", "hire", "vsearch");

    private ProfileLink() {}

    /**
     * The decoded slug of a pasted link, or of a bare slug.
     *
     * @throws InvalidProfile if there is none in it
     */
    static String slugIn(String pasted) {
        String bare = Text.bare(pasted == null ? "" : pasted);
        if (bare.length() > MAX_LENGTH) {
            throw new InvalidProfile(InvalidProfile.TOO_LONG);
        }
        String link = Slug.unwrapped(bare);
        if (link.isEmpty()) {
            throw new InvalidProfile(InvalidProfile.EMPTY);
        }
        String address = link.split("[?#]", 2)[0];
        if (address.indexOf('\\') >= 0) {
            throw new InvalidProfile(InvalidProfile.DANGEROUS);
        }
        if (segments(address).stream().anyMatch(ProfileLink::climbs)) {
            throw new InvalidProfile(InvalidProfile.DANGEROUS);
        }
        return Slug.decoded(encodedSlug(address));
    }

    private static String encodedSlug(String address) {
        String withoutScheme = WEB_SCHEME.matcher(address).replaceFirst("");
        boolean hasScheme = withoutScheme.length() < address.length();
        if (!hasScheme && address.indexOf('/') < 0) {
            return bareSlug(address);
        }
        List<String> segments = segments(withoutScheme);
        boolean hasHost = hasScheme
                || !address.startsWith("/")
                        && !segments.isEmpty()
                        && segments.get(0).contains(".");
        if (hasHost) {
            requireLinkedIn(withoutScheme.substring(0, endOfHost(withoutScheme)));
            segments = segments(withoutScheme.substring(endOfHost(withoutScheme)));
        } else if (segments.size() == 1
                && !address.startsWith("/")
                && !lower(segments.get(0)).equals("in")) {
            return bareSlug(segments.get(0));
        }
        return slugAt(segments);
    }

    private static int endOfHost(String withoutScheme) {
        int slash = withoutScheme.indexOf('/');
        return slash < 0 ? withoutScheme.length() : slash;
    }

    private static String bareSlug(String word) {
        if (HOST.matcher(word).matches()) {
            throw new InvalidProfile(InvalidProfile.NOT_A_PROFILE);
        }
        return word;
    }

    private static void requireLinkedIn(String host) {
        if (HOST.matcher(host).matches()) {
            return;
        }
        throw new InvalidProfile(
                host.equalsIgnoreCase("lnkd.in") ? InvalidProfile.SHORT_LINK : InvalidProfile.ANOTHER_SITE);
    }

    private static String slugAt(List<String> segments) {
        int at = 0;
        while (at < segments.size() && isPrefix(lower(segments.get(at)))) {
            at++;
        }
        String page = at < segments.size() ? lower(segments.get(at)) : "";
        if (page.equals("in") && at + 1 < segments.size()) {
            return segments.get(at + 1);
        }
        if (ORGANISATIONS.contains(page)) {
            throw new InvalidProfile(InvalidProfile.COMPANY);
        }
        throw new InvalidProfile(SEARCHES.contains(page) ? InvalidProfile.SEARCH : InvalidProfile.NOT_A_PROFILE);
    }

    private static boolean isPrefix(String segment) {
        return !segment.equals("in")
                && (PREFIXES.contains(segment) || LANGUAGE.matcher(segment).matches());
    }

    /** A browser takes {@code %2e%2e} for {@code ..} and would open another page than the one that was read. */
    private static boolean climbs(String segment) {
        String dots = lower(segment).replace("%2e", ".");
        return dots.equals(".") || dots.equals("..");
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/")));
        segments.removeIf(String::isEmpty);
        return segments;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
