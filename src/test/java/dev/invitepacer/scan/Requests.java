package dev.invitepacer.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.invitepacer.scan.Contract.Call;
import dev.invitepacer.web.Hostile;

/** Makes requests to the calls of a contract, from right to absurd. The same seed makes the same requests. */
final class Requests {
    private static final List<byte[]> BODIES = List.copyOf(Hostile.bodies().values());
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/csv",
            "text/plain",
            "application/xml",
            "x",
            "application/json;charset=utf-16",
            "*/*");
    private static final List<String> ACCEPTED = List.of(
            "application/json", "*/*", "text/csv", "text/event-stream", "text/html", "x", "application/problem+json");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "FOO");

    private final URI service;
    private final Contract contract;
    private final List<Call> calls;
    private final Random random;
    private final Values values;

    Requests(URI service, Contract contract, long seed, String receiver) {
        this.service = service;
        this.contract = contract;
        this.calls = contract.calls();
        this.random = new Random(seed);
        this.values = new Values(contract, random, receiver);
    }

    /** A request, and what is told of it where its answer is wrong. */
    record Asked(HttpRequest request, Call call, Asker asker, String body) {
        @Override
        public String toString() {
            return asker + ": " + request.method() + " " + shortly(request.uri().toString()) + " "
                    + shortly(request.headers().map().entrySet().stream()
                            .filter(header ->
                                    !List.of("Authorization", "Cookie").contains(header.getKey()))
                            .toList()
                            .toString())
                    + " " + shortly(body);
        }

        private static String shortly(String text) {
            return text.length() > 400 ? text.substring(0, 400) + "…(" + text.length() + ")" : text;
        }
    }

    Asked next(List<Asker> askers) {
        Call call = values.any(calls);
        // Half of all by whoever may do most, so that something is there to be seen by the others.
        Asker asker = random.nextBoolean() ? askers.get(0) : values.any(askers);
        String address = address(call);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service + address)).timeout(Duration.ofSeconds(60));
        asker.headers().forEach(request::header);
        String method = random.nextInt(50) == 0 ? values.any(METHODS) : call.method();
        byte[] body = body(call, request);
        request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers(call, request);
        return new Asked(request.build(), call, asker, body == null ? "" : new String(body, StandardCharsets.UTF_8));
    }

    private String address(Call call) {
        String path = call.path();
        for (String name : call.inPath().keySet()) {
            path = path.replace("{" + name + "}", values.inAddress(name, path));
        }
        List<String> query = new ArrayList<>();
        call.inQuery().keySet().stream()
                .filter(name -> random.nextInt(4) == 0)
                .forEach(name -> query.add(name + "=" + values.inAddress(name, "")));
        if (random.nextInt(50) == 0) {
            query.add(values.any(List.of("nobody=1", "=", "&&", "limit", "limit=1&limit=2", "%00=1")));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private void headers(Call call, HttpRequest.Builder request) {
        call.inHeaders().keySet().stream()
                .filter(name -> random.nextInt(3) == 0)
                .forEach(name -> request.header(name, values.inHeader(name)));
        if (random.nextInt(20) == 0) {
            request.header("Accept", values.any(ACCEPTED));
        }
        if (random.nextInt(10) == 0) {
            request.header(
                    "Idempotency-Key", values.any(List.of("\"k-" + random.nextInt(20) + "\"", "k", "\"\"", "é")));
        }
        if (random.nextInt(40) == 0) {
            request.header("Last-Event-ID", values.any(List.of("1", "-1", "x", "99999999999999999999")));
        }
        if (random.nextInt(60) == 0) {
            request.header("Origin", values.any(List.of("https://evil.invalid", "null", "x")));
        }
    }

    private byte[] body(Call call, HttpRequest.Builder request) {
        if (call.bodies().isEmpty()) {
            return random.nextInt(20) == 0 ? values.body("{}") : null;
        }
        List<String> types = List.copyOf(call.bodies().keySet());
        String type = values.any(types);
        if (random.nextInt(40) > 0) {
            String boundary = type.startsWith("multipart") ? ";boundary=x" : "";
            request.header("Content-Type", random.nextInt(30) == 0 ? values.any(TYPES) : type + boundary);
        }
        if (random.nextInt(40) == 0) {
            return values.any(BODIES);
        }
        JsonNode schema = call.bodies().get(type);
        if (type.endsWith("json") && !type.contains("ndjson")) {
            return values.body(values.json("body", schema));
        }
        if (type.contains("ndjson")) {
            return values.body(values.lines(contract.document().at("/components/schemas/Draft")));
        }
        String list = values.list();
        return values.body(
                type.startsWith("multipart")
                        ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                                + list + "\r\n--x--\r\n"
                        : list);
    }
}
