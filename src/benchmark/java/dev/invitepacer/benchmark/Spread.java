package dev.invitepacer.benchmark;

import java.util.List;
import java.util.Locale;

/** The same figure over repeated runs. */
public record Spread(List<Double> ascending) {
    public static Spread of(List<Double> values) {
        return new Spread(values.stream().sorted().toList());
    }

    public boolean isEmpty() {
        return ascending.isEmpty();
    }

    public double middle() {
        int size = ascending.size();
        return (ascending.get((size - 1) / 2) + ascending.get(size / 2)) / 2;
    }

    /** The median, with the lowest and the highest where there is more than one. */
    public String told(int decimals) {
        if (isEmpty()) {
            return "–";
        }
        String format = "%,." + decimals + "f";
        String middle = String.format(Locale.ROOT, format, middle());
        return ascending.size() == 1
                ? middle
                : middle + " [" + String.format(Locale.ROOT, format, ascending.get(0)) + "–"
                        + String.format(Locale.ROOT, format, ascending.get(ascending.size() - 1)) + "]";
    }
}
