package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's time: the service's clock as answers tell it, and zones whose clocks change. */
@QuarkusTest
class TimeTest extends BrowserTest {
    @BeforeEach
    void aPage() {
        visit("/");
    }

    /** A module of its own, and a browser whose two clocks are set by hand. */
    @Test
    void neitherALateAnswerNorASleepMakesTheConsolesClockRunWild() {
        Object errors = page.evaluate("""
                async () => {
                  const [monotonic, wall] = [performance.now.bind(performance), Date.now];
                  const start = Date.parse('2026-11-24T09:00:00Z');
                  let [mono, here, there] = [5_000, start + 3_600_000, start];
                  performance.now = () => mono;
                  Date.now = () => here;
                  const pass = (millis, {isAsleep = false, factor = 1} = {}) => {
                    mono += isAsleep ? 0 : millis;
                    here += millis;
                    there += millis * factor;
                  };
                  const {now, serviceIsAt} = await import('/console/time.js?alone');
                  const tell = () => serviceIsAt(new Date(there).toISOString());
                  const errors = [];
                  const compare = () => errors.push(Math.round((now() - there) / 1000));
                  const late = new Date(there).toISOString();
                  pass(800);
                  serviceIsAt(late);
                  pass(1_000);
                  tell();
                  pass(100);
                  tell();
                  pass(60_000);
                  compare();
                  pass(7_200_000, {isAsleep: true});
                  compare();
                  tell();
                  pass(60_000);
                  compare();
                  for (let i = 0; i < 3; i++) {
                    pass(1_000, {factor: 100});
                    tell();
                  }
                  pass(10_000, {factor: 100});
                  compare();
                  performance.now = monotonic;
                  Date.now = wall;
                  return errors;
                }""");

        assertThat(errors)
                .as("seconds by which it is wrong after a late answer, asleep, awake again, and in a time-lapse")
                .isEqualTo(List.of(0, 0, 0, 0));
    }

    @Test
    void aTimeThatClocksSkipIsAsMuchLaterEverywhereAndOneThatTheyShowTwiceIsTheFirst() {
        Object instants = page.evaluate("""
                () => import('/console/time.js').then(({instantOf}) => [
                  ['2026-03-08', '02:30', 'America/New_York'],
                  ['2026-03-29', '02:30', 'Europe/Oslo'],
                  ['2026-09-06', '00:00', 'America/Santiago'],
                  ['2026-11-01', '01:30', 'America/New_York'],
                  ['2026-10-25', '02:30', 'Europe/Oslo'],
                  ['2026-03-08', '01:59', 'America/New_York'],
                  ['2026-03-08', '03:00', 'America/New_York'],
                  ['2026-11-24', '09:30', 'Asia/Kolkata'],
                ].map((local) => instantOf(...local)))""");

        assertThat(instants)
                .isEqualTo(List.of(
                        "2026-03-08T07:30:00.000Z",
                        "2026-03-29T01:30:00.000Z",
                        "2026-09-06T04:00:00.000Z",
                        "2026-11-01T05:30:00.000Z",
                        "2026-10-25T00:30:00.000Z",
                        "2026-03-08T06:59:00.000Z",
                        "2026-03-08T07:00:00.000Z",
                        "2026-11-24T04:00:00.000Z"));
    }

    @Test
    void tomorrowIsTheNextDateHoweverLongTheNightIs() {
        Object said = page.evaluate("""
                () => Promise.all([import('/console/time.js'), import('/console/parts/pace.js')]).then(([{serviceIsAt}, {spoken}]) => {
                  serviceIsAt('2026-03-28T22:30:00Z');
                  const spring = ['2026-03-29T07:00:00Z', '2026-03-30T07:00:00Z'].map((at) => spoken(at, 'Europe/Oslo'));
                  serviceIsAt('2026-10-24T22:10:00Z');
                  return [...spring, ...['2026-10-25T08:00:00Z', '2026-10-26T08:00:00Z'].map((at) => spoken(at, 'Europe/Oslo'))];
                })""");

        assertThat(said)
                .isEqualTo(List.of("tomorrow at 9:00", "on Monday at 9:00", "today at 9:00", "tomorrow at 9:00"));
    }

    @Test
    void whenALimitEndsIsReadInTheAccountsZone() {
        page.evaluate("""
                () => import('/console/pages/tasks/refusing.js').then(({whyNot}) => {
                  window.answer = whyNot({kind: 'SEND', name: 'Kamala Eriksen', timeZone: 'America/New_York'});
                })""");
        page.locator("dialog summary").click();
        see(page.locator("#until-help")).containsText("America/New_York");
        page.locator("#until").fill("2026-11-24T09:30");
        page.getByRole(AriaRole.DIALOG)
                .getByText("LinkedIn says the week’s limit is reached")
                .click();

        assertThat(page.evaluate("() => window.answer.then(({until}) => until)"))
                .isEqualTo("2026-11-24T14:30:00.000Z");
    }
}
