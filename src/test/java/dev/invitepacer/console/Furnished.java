package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** What tests share that want every page to show something: accounts that have lived for weeks, and people nobody is. */
abstract class Furnished extends BrowserTest {
    static final List<String> FIRST = List.of(
            "Kamala", "Jonas", "Lena", "Emeka", "Xenia", "Chidi", "Søren", "Ingrid", "Mateo", "Aylin", "Tomasz",
            "Priya");
    static final List<String> LAST = List.of(
            "Eriksen",
            "Nakamura",
            "Okafor",
            "Haddad",
            "Lindqvist",
            "Moreau",
            "Ås",
            "Kowalska",
            "Ferrari",
            "Demir",
            "Tan");
    static final List<String> COMPANIES = List.of(
            "Fjordkart",
            "Åse & Sønn AS",
            "Umbrella Optics",
            "Wayne Freight",
            "Nordlys Data",
            "Blue Harbour",
            "Tidewater Labs");
    static final List<String> WORK = List.of(
            "Data Engineer", "Head of Operations", "Cartographer", "VP Sales", "Platform Lead", "Product Manager");

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    /** An invitation that is pending, and a person of the suppression list. */
    static final String SUPPRESSED = "mateo-tan-500";

    /** Three accounts: one in full swing, one paused, one empty. It is Tuesday noon of the third week. */
    protected void furnish() {
        Instant start = MONDAY_8.minus(Duration.ofDays(41));
        setTime(start);
        member("anna-berg", "Anna Berg", "\"timeZone\":\"Europe/Oslo\",\"tier\":\"PREMIUM\"");
        member("ben-okafor", "Ben Okafor", "\"timeZone\":\"America/New_York\"");
        member("carla-ruiz", "Carla Ruiz", "\"timeZone\":\"Europe/Madrid\"");
        importList("anna-berg", list(0, 22, "autumn-meetup"));
        work(start, Duration.ofDays(2));
        reportAll("anna-berg");
        setTime(MONDAY_8.minus(Duration.ofDays(6)));
        importList(
                "anna-berg",
                list(100, 200, "autumn-meetup") + list(200, 240, "partners").substring(HEADER.length()));
        importList("ben-okafor", list(400, 412, "introductions"));
        work(MONDAY_8.minus(Duration.ofDays(6)), Duration.ofDays(4));
        reportAll("anna-berg");
        json("{\"reason\":\"On holiday until Thursday\"}")
                .post("/api/v1/accounts/ben-okafor/pause")
                .then()
                .statusCode(200);
        json("{\"reason\":\"asked us in October\"}")
                .put("/api/v1/suppressions/" + SUPPRESSED)
                .then()
                .statusCode(201);
        json("{\"weight\":3}")
                .put("/api/v1/accounts/anna-berg/campaigns/partners")
                .then()
                .statusCode(200);
        work(MONDAY_8, Duration.ofHours(28));
        feed.round();
    }

    /** An account under a name that is not its key. */
    protected void member(String account, String name, String settings) {
        json("{\"name\":\"" + name + "\"," + settings + "}")
                .put("/api/v1/accounts/" + account)
                .then()
                .statusCode(201);
    }

    static final String HEADER = "profile,firstName,lastName,company,headline,note,campaign,degree\n";

    /** Drafts to people whose numbers are in [from, to). */
    static String list(int from, int to, String campaign) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = from; i < to; i++) {
            String first = FIRST.get(i % FIRST.size());
            String last = LAST.get(i * 7 % LAST.size());
            csv.append(
                    "%s-%s-%d,%s,%s,%s,%s,\"Hi %s, your talk about maps stayed with me. I work on the same from the other side.\",%s,2%n"
                            .formatted(
                                    ascii(first),
                                    ascii(last),
                                    i,
                                    first,
                                    last,
                                    COMPANIES.get(i % COMPANIES.size()),
                                    WORK.get(i % WORK.size()),
                                    first,
                                    campaign));
        }
        return csv.toString();
    }

    private static String ascii(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace("ø", "o").replace("å", "a");
    }

    /** @return the import's id */
    protected String importList(String account, String csv) {
        JsonPath answer = json("").contentType("text/csv")
                .body(csv)
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return answer.getString("id");
    }

    /** Releases in Oslo's office hours; nothing is asked of the loop at night. */
    private void work(Instant from, Duration length) {
        for (Instant now = from; now.isBefore(from.plus(length)); now = now.plus(STEP)) {
            ZonedDateTime local = now.atZone(OSLO);
            boolean isOpen = local.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
                    && local.getHour() >= 9
                    && local.getHour() < 17;
            if (isOpen) {
                setTime(now);
                releases.round();
            }
        }
    }

    /** All released are sent; every fourth of them is accepted a day later. */
    private void reportAll(String account) {
        List<String> released =
                query("select id from invitation where account = '" + account + "' and state = 'RELEASED' order by id");
        assertThat(released).isNotEmpty();
        released.forEach(id -> report(account, Long.parseLong(id), "SENT", ""));
        advance(Duration.ofDays(1));
        for (int i = 0; i < released.size(); i += 4) {
            report(account, Long.parseLong(released.get(i)), "ACCEPTED", "");
        }
    }

    /** Every page, with something on it. */
    protected List<String> everyPage() {
        String somebody = query("select profile from invitation where state = 'PENDING' order by id limit 1")
                .get(0);
        String list = query("select id from import order by id limit 1").get(0);
        return List.of(
                "/",
                "/tasks",
                "/import?account=anna-berg",
                "/import?account=anna-berg&import=" + list,
                "/withdrawals",
                "/withdrawals?account=anna-berg",
                "/people",
                "/people?q=ka",
                "/people?person=" + somebody,
                "/people?show=list",
                "/accounts/anna-berg",
                "/accounts/anna-berg/queue",
                "/accounts/anna-berg/settings",
                "/accounts/anna-berg/campaigns",
                "/accounts/anna-berg/history",
                "/new-account",
                "/nowhere");
    }
}
