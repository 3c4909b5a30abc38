package dev.invitepacer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.account.Channel;
import dev.invitepacer.config.PacerConfig;

/** Two processes' dispatch loops, with senders that do what a test says. WEBHOOK may be asked again, LINKEDIN may not. */
abstract class DispatchFixture extends ServiceTest {
    static final Instant MONDAY_9 = Instant.parse("2026-11-23T09:00:00Z");

    @Inject
    Runs runs;

    @Inject
    Completion completion;

    @Inject
    PacerConfig config;

    final Scripted webhook = new Scripted(Channel.WEBHOOK, true);
    final Scripted linkedin = new Scripted(Channel.LINKEDIN, false);
    DispatchLoop loop;
    DispatchLoop other;

    @BeforeEach
    void twoProcesses() {
        loop = loop();
        other = loop();
    }

    private DispatchLoop loop() {
        return new DispatchLoop(runs, completion, List.of(webhook, linkedin), config, new SimpleMeterRegistry(), false);
    }

    /** An account of this channel with one released invitation; answers the task's id. */
    long released(String account, Channel channel) {
        account(account, "\"spread\":\"CAP\"");
        channel(account, channel);
        return releasedMore(account, "grace-hopper");
    }

    void channel(String account, Channel channel) {
        String settings = "settings - 'endpoint' || '{\"channel\":\"" + channel + "\""
                + (channel == Channel.WEBHOOK ? ",\"endpoint\":\"crm\"" : "") + "}'";
        execute("update account set settings = " + settings + " where account = '" + account + "'");
    }

    long releasedMore(String account, String profile) {
        long invitation = enqueue(account, profile, "\"memberUrn\":\"urn:li:person:a1\",\"note\":\"Dear Grace\"");
        if (now().isBefore(MONDAY_9)) {
            setTime(MONDAY_9);
        }
        assertThat(releases.round()).as(() -> pacing(account).prettify()).isEqualTo(1);
        return count("select id from task where invitation = " + invitation);
    }

    JsonPath task(long id) {
        return get("/api/v1/tasks?state="
                        + query("select state from task where id = " + id).get(0))
                .setRootPath("items.find { it.id == " + id + " }");
    }

    String stage(long id) {
        return query("select stage from task where id = " + id).get(0);
    }

    String invitationState(long id) {
        return query("select i.state from task t join invitation i on i.id = t.invitation where t.id = " + id)
                .get(0);
    }

    /** The outcomes of the hand-overs, as the invitation's history tells them. */
    List<String> history(long id) {
        return query("select h.detail ->> 'outcome' from history h join task t on t.invitation = h.invitation"
                + " where t.id = " + id + " and h.event = 'invitation.hand-over' order by h.id");
    }

    long counted() {
        return count("select count(*) from ledger where returned_at is null");
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
