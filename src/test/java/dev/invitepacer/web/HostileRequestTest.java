package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.invitepacer.ServiceTest;

/** Whatever comes in, the answer keeps its form, no request is answered with a 500, and a refusal changes nothing. */
@QuarkusTest
class HostileRequestTest extends ServiceTest {
    private static final String ACCOUNT = "/api/v1/accounts/anna";
    private static final String JSON = "application/json";

    /** A call that takes a body, with one that it takes. */
    record Call(String method, String path, String type, Map<String, String> fields) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        String body(String field, String value) {
            Map<String, String> changed = new LinkedHashMap<>(fields);
            changed.put(field, value);
            return changed.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    private long queued;
    private long pending;
    private long task;
    private final List<String> faults = new ArrayList<>();
    private String before;

    static Stream<Call> calls() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", "\"Anna\"");
        for (String setting : List.of(
                "tier",
                "timeZone",
                "weeklyCap",
                "burst",
                "spread",
                "dailyCap",
                "activeHours",
                "restDays",
                "warmUp",
                "pendingThreshold",
                "openTaskLimit",
                "withdrawAfter",
                "withdrawAt",
                "withdrawalsPerNight",
                "cooldown",
                "channel",
                "account",
                "summary")) {
            settings.put(setting, "null");
        }
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("profile", "\"new-person\"");
        for (String field : List.of(
                "firstName",
                "lastName",
                "headline",
                "company",
                "note",
                "fields",
                "degree",
                "priority",
                "campaign",
                "source",
                "notBefore",
                "lapsesAt",
                "memberUrn",
                "email")) {
            draft.put(field, "null");
        }
        Map<String, String> patch = new LinkedHashMap<>();
        List.of("note", "priority", "campaign", "notBefore", "lapsesAt", "keep").forEach(f -> patch.put(f, "null"));
        Map<String, String> report =
                new LinkedHashMap<>(Map.of("type", "\"ACCEPTED\"", "profile", "\"pending-person\""));
        for (String field : List.of("invitation", "task", "at", "refusal", "scope", "until", "detail")) {
            report.put(field, "null");
        }
        Map<String, String> taskReport = new LinkedHashMap<>(Map.of("type", "\"SENT\""));
        List.of("at", "refusal", "scope", "until", "detail", "lease").forEach(f -> taskReport.put(f, "null"));
        return Stream.of(
                new Call("PUT", ACCOUNT, JSON, settings),
                new Call("PATCH", ACCOUNT, JSON, settings),
                new Call("PATCH", ACCOUNT, "application/merge-patch+json", Map.of("name", "\"x\"")),
                new Call("POST", ACCOUNT + "/pause", JSON, Map.of("reason", "\"ill\"", "until", "null")),
                new Call("POST", ACCOUNT + "/resume", JSON, Map.of()),
                new Call("POST", ACCOUNT + "/invitations", JSON, draft),
                new Call("PATCH", ACCOUNT + "/invitations/{queued}", JSON, patch),
                new Call("PATCH", ACCOUNT + "/invitations/{pending}", JSON, patch),
                new Call("POST", ACCOUNT + "/invitations/{pending}/withdraw", JSON, Map.of()),
                new Call("POST", ACCOUNT + "/withdrawals", JSON, Map.of()),
                new Call("POST", ACCOUNT + "/reports", JSON, report),
                new Call("POST", "/api/v1/tasks/{task}/claim", JSON, Map.of()),
                new Call("POST", "/api/v1/tasks/{task}/report", JSON, taskReport),
                new Call("POST", ACCOUNT + "/linkedin-export", "text/csv", Map.of()),
                new Call("POST", ACCOUNT + "/linkedin-export", "application/zip", Map.of()),
                new Call("POST", ACCOUNT + "/imports", "text/csv", Map.of()),
                new Call("POST", "/api/v1/suppressions", "text/csv", Map.of()),
                new Call("PUT", "/api/v1/suppressions/some-body", JSON, Map.of("reason", "\"x\"")));
    }

    @BeforeEach
    void peopleInEveryStateOfInterest() {
        account("anna", "");
        pending = enqueue("anna", "pending-person");
        setTime(MONDAY_8.plusSeconds(3_600));
        releases.round();
        report("anna", pending, "SENT", "");
        long released = enqueue("anna", "released-person", "\"priority\":10");
        setTime(MONDAY_8.plusSeconds(3 * 86_400 + 3_600));
        releases.round();
        assertThat(state("anna", released)).isEqualTo("RELEASED");
        task = count("select id from task where invitation = " + released);
        queued = enqueue("anna", "queued-person");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aBodyThatIsNoneIsRefusedOrPassedOver(Call call) {
        Hostile.bodies()
                .forEach((what, body) -> check(Answer.to(call.method, path(call), body, "Content-Type", call.type)));
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aFieldOfTheWrongKindIsRefusedWithASentence(Call call) {
        int turn = 0;
        for (String field : call.fields.keySet()) {
            for (String value : everyOther(Hostile.VALUES, 2, turn++)) {
                check(Answer.toJson(call.method, path(call), call.body(field, value)));
            }
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aContentTypeThatIsNotTakenIsRefused(Call call) {
        byte[] body = call.body("x", "1").getBytes(StandardCharsets.UTF_8);
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "garbage",
                "application/json; charset=utf-16",
                "*/*",
                "application/*",
                ";",
                "text/csv;",
                "application/json,text/csv")) {
            check(Answer.to(call.method, path(call), body, "Content-Type", type));
        }
        check(Answer.to(call.method, path(call), body));
        check(Answer.to(call.method, path(call), null));
        for (String accept : List.of("text/html", "image/*", "garbage", ";;", "application/xml;q=0.5")) {
            check(Answer.to(call.method, path(call), body, "Content-Type", call.type, "Accept", accept));
        }
        assertThat(faults).isEmpty();
    }

    static Stream<String> addresses() {
        return Stream.of(
                "GET /api/v1/accounts/?",
                "PUT /api/v1/accounts/?",
                "PATCH /api/v1/accounts/?",
                "DELETE /api/v1/accounts/?",
                "POST /api/v1/accounts/?/pause",
                "POST /api/v1/accounts/?/resume",
                "GET /api/v1/accounts/?/history",
                "GET /api/v1/accounts/?/pacing",
                "GET /api/v1/accounts/?/invitations",
                "POST /api/v1/accounts/?/invitations",
                "POST /api/v1/accounts/?/reports",
                "POST /api/v1/accounts/?/imports",
                "POST /api/v1/accounts/?/linkedin-export",
                "GET /api/v1/accounts/?/invitations/1",
                "GET /api/v1/accounts/anna/invitations/?",
                "PATCH /api/v1/accounts/anna/invitations/?",
                "DELETE /api/v1/accounts/anna/invitations/?",
                "GET /api/v1/accounts/anna/invitations/?/history",
                "POST /api/v1/accounts/anna/invitations/?/withdraw",
                "POST /api/v1/accounts/?/invitations/1/withdraw",
                "POST /api/v1/tasks/?/claim",
                "DELETE /api/v1/tasks/?/claim",
                "POST /api/v1/tasks/?/report",
                "GET /api/v1/suppressions/?",
                "PUT /api/v1/suppressions/?",
                "DELETE /api/v1/suppressions/?",
                "GET /api/v1/people/?",
                "DELETE /api/v1/people/?",
                "GET /problems/?",
                "GET /api/v1/?");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void anAddressThatNamesNothingIsRefused(String address) {
        String method = address.substring(0, address.indexOf(' '));
        String path = address.substring(method.length() + 1);
        String body = address.contains("pause")
                ? "{\"reason\":\"x\"}"
                : address.contains("report") ? "{\"type\":\"SENT\",\"profile\":\"x-y\"}" : "{\"name\":\"x\"}";
        before = contents();
        for (String part : Hostile.ADDRESSES) {
            boolean isBodiless = method.equals("GET") || method.equals("DELETE");
            Answer answer = isBodiless
                    ? Answer.to(method, path.replace("?", part), null)
                    : Answer.to(
                            method,
                            path.replace("?", part),
                            (address.contains("imports") ? "profile\nx\n" : body).getBytes(StandardCharsets.UTF_8),
                            "Content-Type",
                            address.contains("imports") ? "text/csv" : JSON);
            check(answer);
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aQueryThatMakesNoSenseIsRefused(String path) {
        before = contents();
        int turn = path.length();
        for (String parameter : List.of(
                "limit",
                "cursor",
                "state",
                "kind",
                "profile",
                "campaign",
                "account",
                "dryRun",
                "parked",
                "force",
                "nobody")) {
            for (String value : everyOther(Hostile.ADDRESSES, 3, turn++)) {
                check(Answer.to("GET", path + "?" + parameter + "=" + value, null));
            }
            check(Answer.to("GET", path + "?" + parameter, null));
            check(Answer.to("GET", path + "?" + parameter + "=", null));
            check(Answer.to("GET", path + "?" + parameter + "=1&" + parameter + "=2", null));
        }
        for (String cursor : List.of("AAAA", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk", "====", "Li4vLi4v", "_-_-")) {
            check(Answer.to("GET", path + "?cursor=" + cursor, null));
        }
        assertThat(faults).isEmpty();
    }

    static Stream<String> lists() {
        return Stream.of(
                "/api/v1/accounts",
                ACCOUNT,
                ACCOUNT + "/history",
                ACCOUNT + "/invitations",
                ACCOUNT + "/pacing",
                "/api/v1/suppressions",
                "/api/v1/tasks");
    }

    @Test
    void flagsAreTrueOrFalse() {
        before = contents();
        for (String value : Hostile.ADDRESSES) {
            if (!value.equals("true")) {
                check(Answer.to("DELETE", ACCOUNT + "?force=" + value, null));
                check(Answer.to(
                        "POST", ACCOUNT + "/imports?dryRun=" + value, "profile\nx\n".getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(count("select count(*) from account")).isOne();
    }

    /** Each n-th, beginning further on each turn: not all with all, which is {@code ApiScanIT}'s, but each with many. */
    private static List<String> everyOther(List<String> values, int n, int turn) {
        return IntStream.range(0, values.size())
                .filter(i -> i % n == turn % n)
                .mapToObj(values::get)
                .toList();
    }

    private void check(Answer answer) {
        faults.addAll(answer.faults());
        String now = contents();
        if (answer.isRefusal() && !now.equals(before)) {
            faults.add(answer + " changed something");
        }
        before = now;
    }

    private String path(Call call) {
        before = contents();
        return call.path
                .replace("{queued}", Long.toString(queued))
                .replace("{pending}", Long.toString(pending))
                .replace("{task}", Long.toString(task));
    }

    /** Differs after every change that was committed: a row that is new or changed bears the number of its transaction, and one that is gone counts no more. */
    private String contents() {
        return Stream.of("account", "pace", "invitation", "history", "ledger", "task", "suppression")
                .map("(select count(*) || '/' || coalesce(max(xmin::text::bigint), 0) from %s)"::formatted)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" || ' ' || "),
                        counts -> query("select " + counts).toString()));
    }
}
