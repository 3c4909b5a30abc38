package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens is shown as it happens, and a page tells how far it is behind. */
@QuarkusTest
class LiveTest extends BrowserTest {
    /** A module of its own over a stream that the test speaks through; `calls` are the refreshes it has asked for. */
    private static final String FOLLOW = """
            async () => {
              window.EventSource = class {
                static CLOSED = 2;
                readyState = 1;
                constructor() {
                  this.listeners = {};
                  window.stream = this;
                }
                addEventListener(type, listener) {
                  this.listeners[type] = listener;
                }
                close() {}
              };
              window.live = await import('/console/live.js?alone');
              window.calls = [];
              live.follow({types: ['invitation.']}, (events) => new Promise((done) => calls.push({events: events.map(({data}) => data.invitation), done})));
              live.begin();
              window.happens = (invitation) => stream.listeners['invitation.sent'](
                {data: JSON.stringify({type: 'invitation.sent', data: {account: 'anna', invitation}})});
            }""";

    @Test
    void aRefreshWaitsForTheOneBeforeItAndOnlyWhatIsReadIsFresh() {
        visit("/");
        page.clock().install();
        page.evaluate(FOLLOW);

        page.evaluate("happens(1)");
        page.clock().runFor(1_100);
        page.evaluate("happens(2)");
        page.clock().runFor(1_100);
        page.evaluate("happens(3)");
        page.clock().runFor(5_000);
        assertThat(asked()).as("while the first still reads").isEqualTo(List.of(List.of(1)));
        page.evaluate("calls[0].done()");
        page.clock().runFor(1_100);
        assertThat(asked()).isEqualTo(List.of(List.of(1), List.of(2, 3)));

        page.evaluate("happens(4)");
        page.evaluate("stream.onerror()");
        page.evaluate("stream.onopen()");
        page.evaluate("calls[1].done()");
        page.clock().runFor(1_100);
        assertThat(asked())
                .as("after the connection was lost everything is read")
                .isEqualTo(List.of(List.of(1), List.of(2, 3), List.of()));

        Object since = page.evaluate("live.state.since");
        page.evaluate("calls.at(-1).done()");
        page.clock().runFor(1_100);
        assertThat(page.evaluate("live.state.since"))
                .as("a page that may have read nothing")
                .isEqualTo(since);
    }

    @Test
    void whatIsShownStaysWhereItCannotBeReadAnew() {
        account("anna", "");
        visit("/");
        Locator row = page.locator("pacer-table tbody tr[data-index]");
        see(row).containsText("anna");
        page.route("**/api/v1/overview*", Route::abort);

        json("{\"reason\":\"on holiday\"}")
                .post("/api/v1/accounts/anna/pause")
                .then()
                .statusCode(200);
        feed.round();

        Locator behind = page.locator(".behind");
        see(behind).containsText("What you see is from before. The service does not answer.");
        see(row).containsText("anna");
        page.unroute("**/api/v1/overview*");
        behind.locator("button").click();
        see(row).containsText("on holiday");
        see(behind).hasCount(0);
    }

    @Test
    void aTabThatNobodyHasLookedAtHoldsNoStream() {
        account("anna", "");
        Page tab = newPage(Screen.WIDE, ColorScheme.LIGHT);
        tab.addInitScript("Object.defineProperty(document, 'hidden', {get: () => !window.isSeen})");
        List<String> streams = new ArrayList<>();
        tab.onRequest(request -> {
            if (request.url().contains("/api/v1/events")) {
                streams.add(request.url());
            }
        });
        visit(tab, "/");
        see(tab.locator("pacer-table tbody tr[data-index]")).hasCount(1);
        assertThat(streams).isEmpty();

        tab.waitForRequest("**/api/v1/events*", () -> tab.evaluate("""
                () => {
                  window.isSeen = true;
                  document.dispatchEvent(new Event('visibilitychange'));
                }"""));
    }

    private Object asked() {
        return page.evaluate("calls.map(({events}) => events)");
    }
}
