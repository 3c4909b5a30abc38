package dev.invitepacer.faults;

/** Settings of accounts that are active around the clock, so that nothing but the cap and the bucket holds a release up. */
public final class AllHours {
    /** The hours alone, and as many a week as the cap says. */
    public static final String HOURS = "\"spread\":\"CAP\",\"activeHours\":{"
            + "\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],\"WEDNESDAY\":[\"00:00-24:00\"],"
            + "\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],\"SATURDAY\":[\"00:00-24:00\"],"
            + "\"SUNDAY\":[\"00:00-24:00\"]}";

    /** The whole week's cap may go at once: a race for every one of the ten. */
    static final String CAP_10 = settings(10, 10);

    private AllHours() {}

    public static String settings(int cap, int burst) {
        return "\"weeklyCap\":" + cap + ",\"burst\":" + burst + "," + HOURS
                + ",\"pendingThreshold\":5000,\"openTaskLimit\":5000";
    }
}
