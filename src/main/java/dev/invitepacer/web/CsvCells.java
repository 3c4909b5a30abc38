package dev.invitepacer.web;

import java.util.regex.Pattern;

/**
 * Cells of the files that are handed out. What a spreadsheet would run as a formula goes out with an apostrophe before it,
 * and {@link #read} takes it away again: reading what was written gives what was there.
 */
public final class CsvCells {
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r＝＋－＠].*", Pattern.DOTALL);
    private static final Pattern NEUTRALISED = Pattern.compile("'+[=+\\-@\\t\\r＝＋－＠].*", Pattern.DOTALL);

    private CsvCells() {}

    /** A line with its end; null is an empty cell. Every other cell is quoted. */
    public static String line(Object... cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? "" : ",");
            if (cells[i] != null) {
                line.append('"')
                        .append(harmless(cells[i].toString()).replace("\"", "\"\""))
                        .append('"');
            }
        }
        return line.append("\r\n").toString();
    }

    /** What was there before it was written. */
    public static String read(String cell) {
        return NEUTRALISED.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    /** An apostrophe that is there already gets one more, so that reading takes away what writing added. */
    private static String harmless(String cell) {
        return FORMULA.matcher(cell).matches() || NEUTRALISED.matcher(cell).matches() ? "'" + cell : cell;
    }
}
