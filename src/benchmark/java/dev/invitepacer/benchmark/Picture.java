package dev.invitepacer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot of lines as plain SVG, small enough to be read and kept: plotting libraries write each stroke as an element, and need fonts that a server may lack. */
public final class Picture {
    private static final List<String> COLOURS =
            List.of("#1f5f99", "#d08770", "#7a9e4b", "#8c6bb1", "#b5a03a", "#4aa3a2", "#a84f62", "#666");
    private static final double LEFT = 70;
    private static final double RIGHT = 620;
    private static final double TOP = 40;
    private static final double BOTTOM = 360;

    private final String title;
    private final Axis across;
    private final Axis up;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param isLogarithmic whether it goes by powers of ten, from {@code from} on
     * @param marks where a number stands
     */
    public record Axis(String name, double from, double to, boolean isLogarithmic, List<Double> marks) {
        public static Axis even(String name, double to, int parts) {
            List<Double> marks = new ArrayList<>();
            for (int i = 0; i <= parts; i++) {
                marks.add(to * i / parts);
            }
            return new Axis(name, 0, to, false, marks);
        }

        public static Axis powers(String name, int first, int last) {
            List<Double> marks = new ArrayList<>();
            for (int power = first; power <= last; power++) {
                marks.add(Math.pow(10, power));
            }
            return new Axis(name, Math.pow(10, first), Math.pow(10, last), true, marks);
        }

        private double share(double value) {
            double share = isLogarithmic
                    ? Math.log10(Math.max(value, from) / from) / Math.log10(to / from)
                    : (value - from) / (to - from);
            return Math.max(0, Math.min(1, share));
        }
    }

    private record Line(String name, double[] across, double[] up, boolean isDotted) {}

    public Picture(String title, Axis across, Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    public Picture line(String name, double[] across, double[] up) {
        lines.add(new Line(name, across, up, false));
        return this;
    }

    /** With a dot at each point. */
    public Picture dots(String name, double[] across, double[] up) {
        lines.add(new Line(name, across, up, true));
        return this;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg());
    }

    private String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 410\" font-family=\"sans-serif\" font-size=\"13\">\n")
                .append("<title>")
                .append(title)
                .append("</title>\n")
                .append("<rect width=\"900\" height=\"410\" rx=\"6\" fill=\"#fbfbf9\"/>\n");
        text(svg, LEFT, 24, "start", "#222", title);
        for (double mark : across.marks()) {
            double x = x(mark);
            svg.append(
                    String.format(Locale.ROOT, "<path d=\"M%.1f %.0fV%.0f\" stroke=\"#e4e4e0\"/>%n", x, TOP, BOTTOM));
            text(svg, x, BOTTOM + 18, "middle", "#444", number(mark));
        }
        for (double mark : up.marks()) {
            double y = y(mark);
            svg.append(
                    String.format(Locale.ROOT, "<path d=\"M%.0f %.1fH%.0f\" stroke=\"#e4e4e0\"/>%n", LEFT, y, RIGHT));
            text(svg, LEFT - 6, y + 4, "end", "#444", number(mark));
        }
        text(svg, LEFT, BOTTOM + 38, "start", "#666", "Across: " + across.name() + ". Up: " + up.name() + ".");
        // The first line lies above the others.
        for (int i = lines.size() - 1; i >= 0; i--) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), TOP + 14 + 22 * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Line line, String colour, double legend) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < line.across().length; i++) {
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(line.across()[i]), y(line.up()[i])));
        }
        svg.append(points.stream()
                .collect(Collectors.joining(
                        " ",
                        "<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"1.6\" points=\"",
                        "\"/>\n")));
        if (line.isDotted()) {
            points.forEach(point -> svg.append("<circle cx=\"")
                    .append(point.replace(",", "\" cy=\""))
                    .append("\" r=\"3\" fill=\"")
                    .append(colour)
                    .append("\"/>\n"));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%.0f %.0fh18\" stroke=\"%s\" stroke-width=\"3\"/>%n",
                RIGHT + 20,
                legend - 4,
                colour));
        text(svg, RIGHT + 44, legend, "start", "#222", line.name());
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }

    private double x(double value) {
        return LEFT + across.share(value) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - up.share(value) * (BOTTOM - TOP);
    }
}
