package dev.invitepacer.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The one Chromium that all tests of a JVM share, as the system has it. It ends with the JVM. */
final class Chromium {
    /** The shell first: it is the same engine without windows, and starts and paints in less time. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    // A sandbox is not to be had where tests run as root; nothing but loopback is asked for.
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static Browser browser;

    private Chromium() {}

    /** The browser, started when first asked for; where there is none the test is skipped and says so. */
    static synchronized Browser browser() {
        Optional<Path> program = onPath();
        Assumptions.assumeTrue(
                program.isPresent(), "The console's tests need Chromium on the PATH: apt-get install chromium.");
        if (browser == null) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program.get())
                            .setArgs(FLAGS));
        }
        return browser;
    }

    private static Optional<Path> onPath() {
        String[] directories = System.getenv("PATH").split(":");
        return NAMES.stream()
                .flatMap(name -> Stream.of(directories).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
