package dev.invitepacer.invitation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds links in notes. An address is a link with {@code http://}, {@code https://} or {@code www.} before it, or with a
 * path behind a known top-level domain. A bare host is one where it is all in lower case and its top-level domain is no
 * word of common languages: {@code PGConf.dev} is a name, and {@code "Thanks.it was good"} lacks a space.
 */
final class Links {
    private static final String LABEL = "[\\p{IsLatin}\\p{IsCyrillic}\\p{N}](?:[\\p{IsLatin}\\p{IsCyrillic}\\p{N}-]*)";

    static final Pattern MARKED = Pattern.compile(
            "(?<![\\p{IsLatin}\\p{N}])(?:https?://[^\\s<>\"”»」]+|www\\.[^\\s<>\"”»」]+\\.[^\\s<>\"”»」]+)",
            Pattern.CASE_INSENSITIVE);

    static final Pattern HOST = Pattern.compile("(?<![@\\p{IsLatin}\\p{IsCyrillic}\\p{N}._+-])" + "(" + LABEL + "(?:\\."
            + LABEL + ")+)" + "(?::\\d{2,5})?(/[^\\s<>\"”»」]*)?(?![@\\p{IsLatin}\\p{IsCyrillic}\\p{N}])");

    private static final Set<String> BARE = Set.of(
            "com", "org", "net", "io", "co", "ai", "app", "dev", "eu", "uk", "info", "biz", "ly", "xyz", "online",
            "shop", "store", "site", "tech", "cloud", "page", "link", "agency", "academy", "events", "blog", "news",
            "edu", "gov", "ch", "fr", "nl", "se", "dk", "fi", "pl", "pt", "cz", "ru", "ua", "jp", "cn", "kr", "br",
            "mx", "au", "nz", "ca", "tr", "de", "рф");

    /** Top-level domains that are words too, or ends of file names and abbreviations: links only with a path. */
    private static final Set<String> WITH_PATH = Set.of(
            "it", "is", "in", "no", "so", "to", "me", "at", "be", "am", "do", "as", "us", "my", "la", "es", "li", "gl",
            "gg", "tv", "fm", "vc", "cc", "st", "id", "ee", "hu", "ro", "gr", "ie", "il", "ae", "sa", "za", "ng", "ke",
            "sg", "hk", "tw", "ar", "cl", "lv", "lt", "sk", "si", "rs", "hr", "bg", "by", "kz");

    /** Names that are written like hosts. */
    private static final Set<String> NAMES = Set.of("asp.net", "ml.net", "vb.net", "paint.net", "socket.io", "draw.io");

    private Links() {}

    /** The first link in a note, as it stands there; what the draft itself gives as a company or a field is a name. */
    static Optional<String> firstIn(String note, Draft draft) {
        if (!canHoldOne(note)) {
            return Optional.empty();
        }
        Matcher marked = MARKED.matcher(note);
        if (marked.find()) {
            return Optional.of(trimmed(marked.group()));
        }
        Matcher host = HOST.matcher(note);
        while (host.find()) {
            if (isLink(host.group(1), host.group(2)) && !isNamed(host.group(1), draft)) {
                return Optional.of(trimmed(host.group()));
            }
        }
        return Optional.empty();
    }

    /** A link has a scheme, or a full stop with something behind it: most notes have neither. */
    static boolean canHoldOne(String note) {
        for (int at = note.indexOf('.'); at >= 0; at = note.indexOf('.', at + 1)) {
            if (at + 1 < note.length() && " \t\n\u000B\f\r".indexOf(note.charAt(at + 1)) < 0) {
                return true;
            }
        }
        return note.contains("://");
    }

    private static boolean isLink(String host, String path) {
        String topLevel = host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (path != null && path.length() > 1) {
            return BARE.contains(topLevel) || WITH_PATH.contains(topLevel);
        }
        return BARE.contains(topLevel) && host.equals(host.toLowerCase(Locale.ROOT)) && !NAMES.contains(host);
    }

    private static boolean isNamed(String host, Draft draft) {
        return host.equalsIgnoreCase(draft.company())
                || draft.fields().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(host.toLowerCase(Locale.ROOT))
                                && !value.contains("/"));
    }

    private static String trimmed(String link) {
        return link.replaceAll("[.,;:!?)\\]}'’]+$", "");
    }
}
