package dev.invitepacer.invitation;

/** Rows in the text format of PostgreSQL's COPY. Any text that PostgreSQL can store comes out as it went in. */
final class CopyText {
    private final StringBuilder rows = new StringBuilder(1_024);
    private boolean isInRow;

    /** A cell; null is the database's null, which the empty text is not. */
    CopyText text(String cell) {
        begin();
        if (cell == null) {
            rows.append("\\N");
            return this;
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                case '\t' -> rows.append("\\t");
                default -> rows.append(c);
            }
        }
        return this;
    }

    CopyText number(long cell) {
        begin();
        rows.append(cell);
        return this;
    }

    /** Ends the row. */
    void end() {
        rows.append('\n');
        isInRow = false;
    }

    private void begin() {
        if (isInRow) {
            rows.append('\t');
        }
        isInRow = true;
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
