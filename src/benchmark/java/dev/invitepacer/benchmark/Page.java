package dev.invitepacer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A page of results in Markdown. */
public final class Page {
    private static final int WIDTH = 165;

    private final StringBuilder text = new StringBuilder();

    public Page(String title) {
        text.append("# ").append(title).append("\n\n");
    }

    public Page heading(String heading) {
        text.append("## ").append(heading).append("\n\n");
        return this;
    }

    public Page paragraph(String paragraph) {
        text.append(wrapped(paragraph, "")).append("\n\n");
        return this;
    }

    public Page list(List<String> points) {
        points.forEach(point -> text.append(wrapped("- " + point, "  ")).append('\n'));
        text.append('\n');
        return this;
    }

    public Page table(List<String> head, List<List<String>> rows) {
        row(head);
        row(Collections.nCopies(head.size(), "---"));
        rows.forEach(this::row);
        text.append('\n');
        return this;
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String wrapped(String words, String indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : words.split(" ")) {
            if (column > 0 && column + word.length() >= WIDTH) {
                wrapped.append('\n').append(indent);
                column = indent.length();
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.toString().stripTrailing() + "\n");
    }
}
