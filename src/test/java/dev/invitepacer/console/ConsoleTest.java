package dev.invitepacer.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The console is served whole, and nothing in it would need a laxer Content-Security-Policy. */
@QuarkusTest
class ConsoleTest extends ServiceTest {
    private static final Path RESOURCES = Path.of("src/main/resources/META-INF/resources");
    private static final Pattern IMPORT = Pattern.compile("(?:from |import )'([./][^']+)'");
    private static final Pattern WEBJAR = Pattern.compile("/webjars/([^/]+)/([^/]+)/");

    @Test
    void everyModuleAndEverythingItImportsIsServed() throws IOException {
        for (Path module : files(".js")) {
            for (String imported : all(IMPORT, Files.readString(module))) {
                String address = imported.startsWith("/")
                        ? imported
                        : "/"
                                + RESOURCES.relativize(
                                        module.resolveSibling(imported).normalize());
                given().when().get(address).then().statusCode(200);
            }
        }
    }

    @Test
    void thePageIsServedUnderTheRoot() {
        String page = given().when().get("/").then().statusCode(200).extract().asString();

        assertThat(page).contains("<pacer-shell>");
        for (String address : all(Pattern.compile("(?:href|src)=\"([^\"]+)\""), page)) {
            given().when().get("/" + address).then().statusCode(200);
        }
    }

    @Test
    void onlyOneFileNamesTheVersionsOfLitAndTheyAreThoseOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (Path module : files(".js")) {
            List<String> versions = WEBJAR.matcher(Files.readString(module))
                    .results()
                    .map(found -> found.group(1) + " " + found.group(2))
                    .distinct()
                    .toList();
            if (!module.endsWith("lit.js")) {
                assertThat(versions).as(module.toString()).isEmpty();
                continue;
            }
            assertThat(versions)
                    .containsExactlyInAnyOrder(
                            "lit-html " + property(pom, "lit-html.version"),
                            "lit__reactive-element " + property(pom, "reactive-element.version"));
        }
    }

    @Test
    void nothingIsInlineAndNothingComesFromAnotherHost() throws IOException {
        List<Path> all = new ArrayList<>(files(".js"));
        all.addAll(files(".html"));
        all.addAll(files(".css"));
        for (Path file : all) {
            assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                    .as(file.toString())
                    .doesNotContainPattern(
                            "https?://|\\sstyle=|\\son[a-z]+=\"|<style|<script>|javascript:|unsafeHTML|innerHTML");
        }
    }

    @Test
    void theBrowserAsksForTheConsoleAnewAndKeepsWhatHasAVersionInItsAddress() throws IOException {
        for (String address : List.of("/", "/console/app.js", "/console/css/base.css")) {
            String since = given().when()
                    .get(address)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-cache")
                    .extract()
                    .header("Last-Modified");
            given().header("If-Modified-Since", since).get(address).then().statusCode(304);
        }
        String lit = all(Pattern.compile("'(/webjars/[^']+)'"), Files.readString(RESOURCES.resolve("console/lit.js")))
                .get(0);
        given().when().get(lit).then().statusCode(200).header("Cache-Control", "public, max-age=31536000, immutable");
    }

    private static String property(String pom, String name) {
        return all(Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<"), pom)
                .get(0);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
