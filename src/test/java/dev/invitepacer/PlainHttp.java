package dev.invitepacer;

import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * Sends what REST Assured describes through the JDK's client. REST Assured's own client loses refusals where the JVM speaks
 * Turkish, as the JVM of the tests does: it looks for a handler named "failure", lower-cased by that language's rules.
 */
final class PlainHttp implements Filter {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public Response filter(
            FilterableRequestSpecification described, FilterableResponseSpecification expected, FilterContext context) {
        Object content = described.getBody();
        byte[] body = content instanceof byte[] bytes
                ? bytes
                : content == null ? new byte[0] : content.toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(described.getURI()))
                .method(
                        described.getMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        described.getHeaders().forEach(header -> request.setHeader(header.getName(), header.getValue()));
        if (described.getContentType() != null) {
            request.setHeader("Content-Type", described.getContentType());
        }
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new ResponseBuilder()
                    .setStatusCode(answer.statusCode())
                    .setStatusLine("HTTP/1.1 " + answer.statusCode())
                    .setHeaders(new Headers(answer.headers().map().entrySet().stream()
                            .flatMap(header ->
                                    header.getValue().stream().map(value -> new Header(header.getKey(), value)))
                            .toList()))
                    .setContentType(answer.headers().firstValue("Content-Type").orElse(""))
                    .setBody(answer.body())
                    .build();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }
}
