package dev.invitepacer.invitation;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The characters of a CSV file, strictly decoded from UTF-8, in bounded memory, and never more than one line at a time.
 *
 * <p>A parser that reads line by line has taken from here exactly what it has given out: so the line of a record is
 * known, a record that does not end is stopped at {@value #MAX_RECORD} characters, and every good row before bad bytes
 * is read. Every line end becomes a line feed, since a parser must look beyond a carriage return to know what it is.
 */
final class CsvLines extends Reader {

    static final int MAX_RECORD = 65_536;

    private static final int BUFFER = 8_192;
    private static final String DELIMITERS = ",;\t";

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    /** As many chars as bytes, which UTF-8 never exceeds: decoding has always room. */
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();

    private boolean ended;
    private boolean malformed;
    private boolean afterCarriageReturn;
    private long line = 1;
    private long recordLine = 1;
    private int recordLength;

    /**
     * @throws UnreadableCsv if the first bytes are those of another kind of file
     * @throws UncheckedIOException if the stream cannot be read
     */
    CsvLines(InputStream in) {
        this.in = in;
        try {
            load();
            skipByteOrderMark();
            decode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that what is read from now on is a new record. */
    void beginRecord() {
        recordLine = line;
        recordLength = 0;
    }

    /** The physical line on which the present record begins, from 1. */
    long recordLine() {
        return recordLine;
    }

    /** The delimiter that the first line, not yet read, holds most of outside quotes; a comma if it holds none. */
    char delimiter() {
        int[] counts = new int[DELIMITERS.length()];
        boolean quoted = false;
        for (int at = 0; at < chars.length(); at++) {
            char c = chars.charAt(at);
            if (!quoted && (c == '\n' || c == '\r')) {
                break;
            }
            quoted ^= c == '"';
            int delimiter = DELIMITERS.indexOf(c);
            if (!quoted && delimiter >= 0) {
                counts[delimiter]++;
            }
        }
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return DELIMITERS.charAt(most);
    }

    /** Gives out at most the rest of one line. */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = 0;
        while (read < length && isLoaded()) {
            char c = chars.get();
            boolean secondHalf = c == '\n' && afterCarriageReturn;
            afterCarriageReturn = c == '\r';
            if (secondHalf) {
                continue;
            }
            if (++recordLength > MAX_RECORD) {
                throw new UnreadableCsv(recordLine, tooLong());
            }
            target[offset + read++] = afterCarriageReturn ? '\n' : c;
            if (c == '\n' || c == '\r') {
                line++;
                break;
            }
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private static String tooLong() {
        return String.format(
                Locale.ROOT,
                "The row that begins here has more than %,d characters: probably a quote was opened and never closed.",
                MAX_RECORD);
    }

    private boolean isLoaded() throws IOException {
        while (!chars.hasRemaining() && !ended && !malformed) {
            load();
            decode();
        }
        if (!chars.hasRemaining() && malformed) {
            throw new UnreadableCsv(
                    line,
                    "This line is not UTF-8: save the file as UTF-8, in Excel as \"CSV UTF-8\", and send it again.");
        }
        return chars.hasRemaining();
    }

    private void load() throws IOException {
        bytes.compact();
        int wanted = bytes.remaining();
        int got = in.readNBytes(bytes.array(), bytes.position(), wanted);
        bytes.position(bytes.position() + got).flip();
        ended = got < wanted;
    }

    private void decode() {
        chars.clear();
        malformed = decoder.decode(bytes, chars, ended).isError();
        chars.flip();
    }

    private void skipByteOrderMark() {
        requireText(bytes.array(), bytes.limit());
        if (begins(bytes.array(), bytes.limit(), 0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
        }
    }

    /** @throws UnreadableCsv if a file that begins like this is UTF-16, a workbook or a zip */
    static void requireText(byte[] file, int length) {
        if (begins(file, length, 0xFF, 0xFE) || begins(file, length, 0xFE, 0xFF) || hasNulAmongFirst(file, length)) {
            throw new UnreadableCsv(
                    1, "The file is UTF-16, which spreadsheets call \"Unicode text\": save it as \"CSV UTF-8\".");
        }
        if (begins(file, length, 'P', 'K', 3, 4) || begins(file, length, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new UnreadableCsv(1, "The file is a workbook or a zip, not CSV: save the sheet as \"CSV UTF-8\".");
        }
    }

    private static boolean begins(byte[] file, int length, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= length || (file[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNulAmongFirst(byte[] file, int length) {
        for (int i = 0; i < Math.min(4, length); i++) {
            if (file[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** The stream belongs to the caller, who closes it. */
    @Override
    public void close() {}
}
