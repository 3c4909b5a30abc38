package dev.invitepacer.insight;

/**
 * The score interval of a share, for 95 % confidence: all true shares {@code p} with {@code |x/n - p| <= z sqrt(p(1-p)/n)}.
 * It never leaves 0 to 1, and it is of use for small numbers and for shares near 0 or 1, where the textbook interval is
 * not. E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
 *
 * @param low from 0 to {@code share}
 * @param high from {@code share} to 1
 */
record Wilson(double share, double low, double high) {
    /** The normal distribution's 97.5 % point. */
    static final double Z = 1.959963984540054;

    /**
     * @param hits from 0 to {@code of}
     * @param of over zero
     */
    static Wilson of(long hits, long of) {
        if (of < 1 || hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of + " is no share");
        }
        double n = of;
        double share = hits / n;
        double z2 = Z * Z;
        double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        return new Wilson(
                share, hits == 0 ? 0 : Math.max(0, centre - half), hits == of ? 1 : Math.min(1, centre + half));
    }
}
