package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever a caller writes is shown as text. Each field carries markup of its own that would set a mark if the page took it for
 * more; under the policy the browser would complain too, and any complaint fails the test.
 */
@QuarkusTest
class InjectionTest extends BrowserTest {
    private static final String ANNA = "/api/v1/accounts/anna";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MARKS =
            List.of("[data-ran]", "img[src=x]", "main script", "main iframe", "main object");

    @BeforeEach
    void anna() {
        json("{\"name\":" + quoted(evil("account")) + ",\"tier\":\"PREMIUM\"}")
                .put(ANNA)
                .then()
                .statusCode(201);
    }

    @Test
    void whatCallersWriteIsShownAsTextOnEveryPage() {
        Map<String, String> draft = new LinkedHashMap<>();
        for (String field : List.of("firstName", "lastName", "headline", "company", "note", "source")) {
            draft.put(field, evil(field));
        }
        long pending =
                enqueue("anna", "evil-one", fields(draft) + ",\"fields\":{\"event\":" + quoted(evil("fields")) + "}");
        json("{\"alternatives\":[" + quoted("Hi {{firstName}}, " + evil("template") + " {{event}}")
                        + "],\"fallbacks\":{\"event\":" + quoted(evil("fallback")) + "}}")
                .put(ANNA + "/templates/spring")
                .then()
                .statusCode(201);
        enqueue("anna", "evil-two", "\"template\":\"spring\"," + fields(Map.of("firstName", evil("firstName"))));
        setTime(MONDAY_8.plus(Duration.ofHours(2)));
        assertThat(releases.round()).isEqualTo(1);
        long sent = Long.parseLong(
                query("select id from invitation where state = 'RELEASED'").get(0));
        json("{\"reason\":" + quoted(evil("pause")) + "}")
                .post(ANNA + "/pause")
                .then()
                .statusCode(200);
        json("{\"reason\":" + quoted(evil("suppression")) + "}")
                .put("/api/v1/suppressions/evil-three")
                .then()
                .statusCode(201);
        everyPage(sent == pending ? "evil-one" : "evil-two");

        report("anna", sent, "REFUSED", "\"refusal\":\"RESTRICTED\",\"detail\":" + quoted(evil("detail")));
        json("").post(ANNA + "/resume").then().statusCode(200);
        everyPage("evil-one");
        see(page.locator("main")).containsText(evil("firstName"));
    }

    @Test
    void namesThatCannotHoldMarkupAreRefused() {
        for (String body : List.of(
                "{\"profile\":\"a\",\"campaign\":" + quoted(evil("campaign")) + "}",
                "{\"profile\":\"a\",\"template\":" + quoted(evil("template")) + "}",
                "{\"profile\":" + quoted(evil("profile")) + "}",
                "{\"profile\":\"javascript:alert(1)\"}")) {
            json(body).post(ANNA + "/invitations").then().statusCode(greaterThanOrEqualTo(400));
        }
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void aFilesNameAndRowsAreShownAsText() {
        visit("/import?account=anna");
        String list = "profile,firstName,company,event<img src=x onerror=document.body.dataset.ran=1>\n"
                + "evil-four,\"" + evil("firstName").replace("\"", "\"\"") + "\",\"=HYPERLINK(\"\"http://x\"\")\",\""
                + evil("cell").replace("\"", "\"\"") + "\"\n"
                + "\"" + evil("row").replace("\"", "\"\"") + "\",No,One,x\n";

        page.locator("input[type=file]")
                .first()
                .setInputFiles(
                        new FilePayload(evil("file") + ".csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));

        see(page.getByText("1 draft would be enqueued")).isVisible();
        see(page.locator(".what")).containsText(evil("file"));
        see(page.locator("pacer-import-list")).containsText(evil("firstName"));
        nothingRan("the preview of a list");
        button("Import 1 draft").click();
        see(heading("1 draft is in the queue")).isVisible();
        nothingRan("an import");
    }

    @Test
    void aCellThatASpreadsheetWouldRunIsTextInTheFilesThatAreHandedOut() throws IOException {
        enqueue(
                "anna",
                "sum",
                "\"company\":\"=HYPERLINK(\\\"http://x\\\")\",\"headline\":\"@SUM(A1)\",\"note\":\"+1 for your talk\"");
        visit("/accounts/anna/queue");

        Path file = page.waitForDownload(() -> button("Download").click()).path();

        assertThat(Files.readString(file))
                .contains("'=HYPERLINK", "'@SUM(A1)", "'+1 for your talk")
                .doesNotContainPattern("(^|,)\"?[=@+]");
    }

    @Test
    void thePolicyHoldsBackWhatAPageWouldRun() {
        Response answer = page.navigate(root());
        assertThat(answer.headerValue("content-security-policy").split("; "))
                .containsExactlyInAnyOrder(POLICY.split("; "));
        see(page.locator("h1, h2").first()).isVisible();

        page.evaluate("""
                () => {
                  const script = document.createElement('script');
                  script.textContent = 'document.body.dataset.ran = 1';
                  document.body.append(script);
                  const image = document.createElement('div');
                  image.innerHTML = '<img src=x onerror="document.body.dataset.ran = 2">';
                  document.body.append(image);
                }""");

        page.waitForCondition(() -> heard("inline script") && heard("inline event handler") && heard("/x"));
        assertThat(page.locator("[data-ran]").count()).isZero();
        forgive("Content Security Policy");
        forgive("/x");
    }

    /** Goes everywhere, opens what can be opened, and looks for marks. */
    private void everyPage(String profile) {
        for (String address : List.of(
                "/",
                "/tasks",
                "/import?account=anna",
                "/withdrawals",
                "/withdrawals?account=anna",
                "/people?q=evil",
                "/people?person=" + profile,
                "/people?show=list",
                "/accounts/anna",
                "/accounts/anna/queue",
                "/accounts/anna/settings",
                "/accounts/anna/campaigns",
                "/accounts/anna/history")) {
            // From elsewhere, so that it is not the page before that is looked at.
            page.navigate("about:blank");
            visit(address);
            see(page.locator(".skeleton")).hasCount(0);
            nothingRan(address);
        }
        visit("/accounts/anna/queue");
        page.getByLabel(Pattern.compile("^Edit the draft for")).first().click();
        see(page.getByRole(AriaRole.DIALOG)).isVisible();
        nothingRan("a draft's form");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+k");
        see(page.getByRole(AriaRole.DIALOG)).containsText(evil("account"));
        nothingRan("the palette");
        page.keyboard().press("Escape");
        visit("/people?person=" + profile);
        button("Erase…").click();
        see(page.getByRole(AriaRole.DIALOG)).isVisible();
        nothingRan("the erasure's dialog");
        page.keyboard().press("Escape");
    }

    private void nothingRan(String where) {
        for (String mark : MARKS) {
            assertThat(page.locator(mark).count()).as("%s on %s", mark, where).isZero();
        }
    }

    /** Markup that would leave a mark, in the ways that pages usually let slip. */
    private static String evil(String field) {
        return field + "\"'><img src=x onerror=document.body.dataset.ran=1>";
    }

    private static String fields(Map<String, String> values) {
        return String.join(
                ",",
                values.entrySet().stream()
                        .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
                        .toList());
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
