package dev.invitepacer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the service answered to a request sent byte by byte as a test says, and what is wrong with that answer. */
public record Answer(String request, int status, String contentType, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What only somebody who looks inside would know. */
    private static final Pattern INSIDE = Pattern.compile(
            "Exception|\\bjava\\.|jackson|hibernate|postgres|quarkus\\."
                    + "|invitepacer|jakarta|StreamRead|DeserializationFeature|\\bselect \\w|insert into|\\bat [a-z]+\\.[a-z]+\\.");

    /** Sends a request; {@code headers} are names and values in turn, {@code body} may be null. */
    public static Answer to(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    method + " " + shortly(path) + " " + Arrays.toString(headers)
                            + (body == null ? "" : " " + shortly(new String(body, StandardCharsets.UTF_8))),
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            return new Answer(method + " " + shortly(path), 0, "", "no answer: " + broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    public static Answer toJson(String method, String path, String body) {
        return to(method, path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    public boolean isRefusal() {
        return status >= 400;
    }

    public String code() {
        return json().path("code").asText();
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    /** Everything in which the answer breaks the contract; nothing where it keeps it. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (status < 200 || status >= 500) {
            faults.add("has status " + status);
        }
        if (INSIDE.matcher(body).find()) {
            faults.add("tells what is inside");
        }
        if (isRefusal()) {
            refusalFaults(faults);
        }
        return faults.stream()
                .map(fault -> request + " -> " + fault + ": " + status + " " + shortly(body))
                .toList();
    }

    private void refusalFaults(List<String> faults) {
        JsonNode problem = json();
        Optional<Code> code = Arrays.stream(Code.values())
                .filter(known -> known.text().equals(problem.path("code").asText()))
                .findFirst();
        if (!contentType.startsWith("application/problem+json")) {
            faults.add("is " + contentType);
        }
        if (code.isEmpty()) {
            faults.add("has no known code");
            return;
        }
        if (code.get().status() != status || problem.path("status").asInt() != status) {
            faults.add("has a code or status that is not its own");
        }
        if (!problem.path("type").asText().equals("/problems/" + code.get().text())
                || !problem.path("title").asText().equals(code.get().title())) {
            faults.add("has another code's type or title");
        }
        if (problem.path("detail").asText().isBlank()) {
            faults.add("says nothing");
        }
        if (problem.has("instance")) {
            faults.add("repeats the address");
        }
    }

    private static String shortly(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…(" + text.length() + ")" : text;
    }
}
