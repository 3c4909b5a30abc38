package dev.invitepacer.insight;

/** What statistics are broken down by. */
public enum GroupBy {
    CAMPAIGN("campaign", "cast(null as smallint)"),
    DEGREE("cast(degree as text)", "cast(null as smallint)"),
    /** A template's alternatives are groups of their own. What went without its note has none. */
    TEMPLATE("case when not sent_bare then template end", "case when not sent_bare then alternative end"),
    /** The day of the week on which it left, in the account's zone. */
    WEEKDAY("cast(null as text)", "cast(null as smallint)");

    final String key;
    final String alternative;

    GroupBy(String key, String alternative) {
        this.key = key;
        this.alternative = alternative;
    }
}
