package dev.invitepacer.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the one file in a body of {@code multipart/form-data} (RFC 7578), without copying it. Fields of a form that are no
 * files are refused, as unknown fields of JSON are; headers of a part hold at most {@value #LONGEST_HEAD} bytes.
 */
public final class Multipart {
    private static final int LONGEST_HEAD = 8_192;
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("(?i)^content-disposition:.*;\\s*filename\\*?=(?:\"([^\"]*)\"|([^\\s;]+))");
    private static final Pattern TYPE = Pattern.compile("(?i)^content-type:\\s*([^;\\s]+)");

    private final InputStream in;
    private final byte[] delimiter;
    private long position;
    private boolean isLast;

    /** Where the file lies in the body, and how it calls itself; {@code type} is null where it does not say. */
    public record File(String name, String type, long from, long length) {}

    private Multipart(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The body's only file; UNREADABLE where there is none, more than one, or the body is not what it says. */
    public static File onlyFile(Spool body, String contentType) throws IOException {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw unreadable("The Content-Type names no boundary; let your HTTP client set it.");
        }
        try (InputStream in = new BufferedInputStream(body.open(), 65_536)) {
            return new Multipart(in, boundary.group(1) == null ? boundary.group(2) : boundary.group(1)).onlyFile();
        }
    }

    private File onlyFile() throws IOException {
        // The first delimiter has no line end before it; what stands before it is passed over.
        skipToDelimiter(2);
        endOfDelimiter();
        File file = null;
        while (!isLast) {
            String head = head();
            long from = position;
            long length = skipToDelimiter(0);
            endOfDelimiter();
            Matcher name = find(FILE_NAME, head);
            if (name == null) {
                throw unreadable("The form has a field that is no file; send the list alone, as one file.");
            }
            if (file != null) {
                throw unreadable("The form has more than one file; send one list at a time.");
            }
            Matcher type = find(TYPE, head);
            file = new File(
                    name.group(1) == null ? name.group(2) : name.group(1),
                    type == null ? null : type.group(1).toLowerCase(Locale.ROOT),
                    from,
                    length);
        }
        if (file == null) {
            throw unreadable("The form has no file; send the list as one.");
        }
        return file;
    }

    private static Matcher find(Pattern pattern, String head) {
        return head.lines()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElse(null);
    }

    /** The part's headers, up to the empty line. */
    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < LONGEST_HEAD) {
            head.write(next());
            byte[] bytes = head.toByteArray();
            if (ends(bytes, "\r\n\r\n") || bytes.length == 2 && ends(bytes, "\r\n")) {
                return head.toString(StandardCharsets.UTF_8);
            }
        }
        throw unreadable("A part of the form has headers of more than " + LONGEST_HEAD + " bytes.");
    }

    private static boolean ends(byte[] bytes, String end) {
        byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= wanted.length
                && Arrays.equals(bytes, bytes.length - wanted.length, bytes.length, wanted, 0, wanted.length);
    }

    /** Reads beyond the next delimiter, of which {@code known} bytes count as read; how much lay before it. */
    private long skipToDelimiter(int known) throws IOException {
        int[] fallback = fallback(delimiter);
        long from = position;
        int matched = known;
        while (matched < delimiter.length) {
            int b = next();
            while (matched > 0 && (byte) b != delimiter[matched]) {
                matched = fallback[matched - 1];
            }
            matched += (byte) b == delimiter[matched] ? 1 : 0;
        }
        return position - from - delimiter.length;
    }

    /** How much of the delimiter still matches where its next byte does not: the table of Knuth, Morris and Pratt. */
    private static int[] fallback(byte[] delimiter) {
        int[] fallback = new int[delimiter.length];
        for (int at = 1, matched = 0; at < delimiter.length; at++) {
            while (matched > 0 && delimiter[at] != delimiter[matched]) {
                matched = fallback[matched - 1];
            }
            matched += delimiter[at] == delimiter[matched] ? 1 : 0;
            fallback[at] = matched;
        }
        return fallback;
    }

    private void endOfDelimiter() throws IOException {
        int first = next();
        while (first == ' ' || first == '\t') {
            first = next();
        }
        int second = next();
        if (first == '-' && second == '-') {
            isLast = true;
        } else if (first != '\r' || second != '\n') {
            throw unreadable("The form is not multipart/form-data: something follows a boundary.");
        }
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw unreadable("The form ends before its last boundary; send it whole.");
        }
        position++;
        return b;
    }

    private static RuntimeException unreadable(String sentence) {
        return Problem.of(Code.UNREADABLE, sentence);
    }
}
