package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** From an empty service to a paced week: an account, a list, the picture of what goes when. */
@QuarkusTest
class FirstFiveMinutesTest extends BrowserTest {
    private static final String LIST = """
            Profile URL,First name,Last name,Company,Note,campaign
            https://www.linkedin.com/in/kamala-eriksen,Kamala,Eriksen,Fjordkart,"Hi Kamala, your maps stayed with me.",autumn
            https://www.linkedin.com/in/jonas-nakamura,Jonas,Nakamura,Åse & Sønn,"Hi Jonas, good talk in Bergen.",autumn
            https://www.linkedin.com/in/jonas-nakamura,Jonas,Nakamura,Åse & Sønn,"Hi Jonas, good talk in Bergen.",autumn
            not a profile,Nobody,Atall,,,autumn
            https://www.linkedin.com/in/lena-okafor,Lena,Okafor,Umbrella Optics,"Hi Lena, thank you for the slides.",partners
            """;

    @Test
    void anOperatorMakesAnAccountImportsAListAndSeesItsWeek() {
        setTime(MONDAY_8.minus(Duration.ofHours(2)));
        page.navigate(root());
        linkTo("New account").click();
        page.locator("#name").fill("Søren Ås");
        see(page.locator("#account")).hasValue("soren-as");
        page.locator("#timeZone").fill("Europe/Oslo");
        page.keyboard().press("Enter");

        see(heading("Import")).isVisible();
        assertThat(get("/api/v1/accounts/soren-as").getString("timeZone")).isEqualTo("Europe/Oslo");
        page.locator("input[type=file]")
                .first()
                .setInputFiles(new FilePayload("people.csv", "text/csv", LIST.getBytes(StandardCharsets.UTF_8)));
        see(page.getByText("3 drafts would be enqueued")).isVisible();
        see(page.getByText("2 rows are refused").first()).isVisible();
        Locator rows = page.locator("pacer-import-list pacer-table tbody tr");
        see(rows.filter(new Locator.FilterOptions().setHasText("not a profile")))
                .containsText("No LinkedIn profile");
        assertThat(get("/api/v1/accounts/soren-as/pacing").getInt("queue.waiting"))
                .isZero();
        button("Import 3 drafts").click();

        see(heading("3 drafts are in the queue")).isVisible();
        assertThat(query("select profile from invitation order by profile"))
                .containsExactly("jonas-nakamura", "kamala-eriksen", "lena-okafor");
        linkTo("See the week").click();
        see(heading("Week")).isVisible();
        theWeekIsAsTheApiHasIt("soren-as", 0, 3);
    }

    @Test
    void theWeekShowsEachReleaseAndWhatIsForeseen() {
        account("anna", "\"timeZone\":\"Europe/Oslo\"");
        enqueueMany("anna", 30);
        run(Duration.ofMinutes(5), MONDAY_8.plus(Duration.ofHours(5)));
        int released = get("/api/v1/accounts/anna/week").getInt("released");
        assertThat(released).isPositive();

        visit("/accounts/anna");

        theWeekIsAsTheApiHasIt("anna", released, 30 - released);
        page.getByText("The week as a table").click();
        Locator times = page.locator(".as-table tbody tr time");
        see(times.first())
                .hasAttribute("datetime", get("/api/v1/accounts/anna/week").getString("releases[0].at"));
    }

    @Test
    void aListThatIsBeingSentArrivesWhereverOneGoesMeanwhile() {
        account("anna", "");
        check("anna");
        List<Route> held = holdTheImport();
        button("Import 3 drafts").click();
        page.waitForCondition(() -> !held.isEmpty());

        page.evaluate("location.hash = '#/'");
        see(heading("Overview")).isVisible();
        Locator toast = page.locator(".toast");
        see(toast.last()).containsText("people.csv is still being sent.");
        assertThat(isAskedBeforeTheTabCloses()).isTrue();
        held.get(0).resume();

        see(toast.last()).containsText("people.csv is there");
        assertThat(isAskedBeforeTheTabCloses()).isFalse();
        assertThat(page.url()).endsWith("#/");
        page.waitForCondition(() -> count("select count(*) from invitation") == 3);
    }

    @Test
    void whoeverTriesAgainToSeeWhatBecameOfAListDoesNotSendItTwice() {
        account("anna", "");
        check("anna");
        AtomicBoolean isBroken = new AtomicBoolean(true);
        page.route("**/imports/*", route -> {
            if (isBroken.getAndSet(false)) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/problem+json")
                        .setBody(
                                "{\"status\":409,\"code\":\"invalid\",\"title\":\"Not now\",\"detail\":\"Not now.\"}"));
            } else {
                route.resume();
            }
        });
        button("Import 3 drafts").click();
        see(page.locator(".failure")).containsText("Not now.");

        button("Try again").click();

        see(heading("3 drafts are in the queue")).isVisible();
        assertThat(count("select count(*) from import where not dry_run")).isEqualTo(1);
    }

    /** Drops the list, and waits for what would become of it. */
    private void check(String account) {
        visit("/import?account=" + account);
        page.locator("input[type=file]")
                .first()
                .setInputFiles(new FilePayload("people.csv", "text/csv", LIST.getBytes(StandardCharsets.UTF_8)));
        see(page.getByText("3 drafts would be enqueued")).isVisible();
    }

    /** Holds what imports in earnest until the test lets it go. */
    private List<Route> holdTheImport() {
        List<Route> held = new ArrayList<>();
        page.route("**/imports?*", route -> {
            if (route.request().method().equals("POST")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        return held;
    }

    /** The picture's dots, the sentence and the meters beside it. */
    private void theWeekIsAsTheApiHasIt(String account, int released, int foreseen) {
        JsonPath week = get("/api/v1/accounts/" + account + "/week");
        JsonPath pacing = pacing(account);
        assertThat(week.getList("forecast.releases")).hasSize(foreseen);
        see(page.locator(".picture svg circle.done")).hasCount(released);
        see(page.locator(".picture svg circle.next")).hasCount(foreseen);
        see(page.locator(".picture svg rect.active"))
                .hasCount(week.getList("active").size());
        see(page.locator("#week-summary")).containsText(foreseen + " more foreseen");
        Locator sentence = page.locator(".week-sentence");
        see(sentence)
                .containsText(pacing.getInt("window.released") + " of " + pacing.getInt("cap.effective")
                        + " in the last seven days");
        see(sentence.locator(".says time")).hasAttribute("datetime", pacing.getString("nextReleaseAt"));
        List<String> figures = page.locator(".week-figures .meter").allInnerTexts();
        assertThat(figures.get(0)).contains(pacing.getInt("window.released") + " / " + pacing.getInt("window.cap"));
        assertThat(figures.get(1))
                .contains(pacing.getInt("pending.count") + " / " + pacing.getInt("pending.threshold"));
    }
}
