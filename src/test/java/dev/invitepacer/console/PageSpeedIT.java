package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ThousandAccounts;

/**
 * What pages weigh and how soon they can be used, in a browser, with a thousand accounts and a queue of 100,000. The median of
 * {@value #TIMES} visits is printed; docs/how-to/measure-console.md tells how to run it.
 */
@QuarkusTest
class PageSpeedIT extends BrowserTest {
    private static final int TIMES = 5;
    private static final int ROWS_AT_MOST = 150;
    private static final String WEIGHT = """
            () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .filter((entry) => !entry.name.includes('/api/'))
              .reduce(([files, bytes], entry) => [files + 1, bytes + entry.transferSize], [0, 0])""";

    @Test
    void aThousandAccountsAndAQueueOfAHundredThousand() throws Exception {
        ThousandAccounts.fill(database);
        Map<String, String> usable = new LinkedHashMap<>();
        usable.put("/", "pacer-table tbody tr");
        usable.put("/tasks", "article.task h2");
        usable.put("/import", ".drop");
        usable.put("/withdrawals", "pacer-table tbody tr");
        usable.put("/people?q=ada", "pacer-table tbody tr");
        usable.put("/accounts/account-0001", ".picture circle");
        usable.put("/accounts/account-0001/queue", "pacer-table tbody tr");
        usable.put("/accounts/account-0001/settings", "#setting-weeklyCap");
        usable.put("/accounts/account-0001/campaigns", "pacer-table tbody tr");
        usable.put("/accounts/account-0001/history", "main h2, main li");
        visit("/");
        usable.forEach((address, content) -> System.out.println(line(address, content)));
        aLongQueueScrolls();
    }

    private String line(String address, String content) {
        double[] first = new double[TIMES];
        double[] again = new double[TIMES];
        List<?> weight = List.of();
        for (int i = 0; i < TIMES; i++) {
            Page visitor = newPage(Screen.WIDE, ColorScheme.LIGHT);
            first[i] = usableAfter(visitor, address, content);
            weight = (List<?>) visitor.evaluate(WEIGHT);
            visitor.navigate("about:blank");
            again[i] = usableAfter(visitor, address, content);
            visitor.context().close();
        }
        return String.format(
                Locale.ROOT,
                "%5.0f ms first visit, %5.0f ms again, %3d files, %4d kB  %s",
                median(first),
                median(again),
                ((Number) weight.get(0)).intValue(),
                ((Number) weight.get(1)).longValue() / 1_000,
                address);
    }

    /** Milliseconds from the beginning of the visit until what the page is for is there. */
    private static double usableAfter(Page visitor, String address, String content) {
        visitor.navigate(root() + "#" + address);
        visitor.waitForFunction(
                "content => document.querySelector(content) && !document.querySelector('.skeleton')", content);
        return ((Number) visitor.evaluate("performance.now()")).doubleValue();
    }

    /** However far somebody scrolls, only what is in sight is in the page. */
    private void aLongQueueScrolls() {
        visit("/accounts/account-0001/queue");
        for (int i = 0; i < 20; i++) {
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
            page.waitForFunction("() => document.querySelector('pacer-table .more')?.textContent.trim() === ''");
        }
        int rows = page.locator("pacer-table tbody tr[data-index]").count();
        System.out.println("rows in the page after scrolling through 20 pages of the queue: " + rows);
        assertThat(rows).isLessThanOrEqualTo(ROWS_AT_MOST);
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
