package dev.invitepacer.delivery.linkedin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.NetworkTrouble;

/**
 * Speaks HTTP with LinkedIn. Every call ends within the time limit and tells whether the request may have left; it is made
 * once, but that a GET may be repeated by the HTTP client on a connection that was closed.
 */
@ApplicationScoped
class LinkedInApi {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final int MOST_OF_AN_ERROR = 16_384;
    private static final int MOST_OF_A_PAGE = 4 * 1_024 * 1_024;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String base;
    private final Duration limit;
    private final HttpClient client;

    @Inject
    LinkedInApi(PacerConfig config) {
        this(config.linkedin().baseUrl(), config.linkedin().timeout());
    }

    LinkedInApi(URI base, Duration limit) {
        this.base = checked(base).toString().replaceAll("/+$", "");
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TO_CONNECT.compareTo(limit) < 0 ? TO_CONNECT : limit)
                .build();
    }

    /** Creates an invitation. Of a 201 nothing but the headers is read. */
    Reply invite(AccessToken token, String body) {
        return call(
                request("/v2/invitations", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                answer -> new Excerpt(answer.statusCode() == 201 ? 0 : MOST_OF_AN_ERROR, limit));
    }

    /** Calls what the operator says withdraws an invitation. */
    Reply withdraw(AccessToken token, WithdrawalCall.Request withdrawal) {
        HttpRequest.Builder request = request(withdrawal.path(), token);
        if (withdrawal.body() != null) {
            request.header("Content-Type", "application/json");
        }
        return call(
                request.method(
                        withdrawal.method(),
                        withdrawal.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(withdrawal.body())),
                answer -> new Excerpt(answer.statusCode() / 100 == 2 ? 0 : MOST_OF_AN_ERROR, limit));
    }

    /** One page of the invitations that the token's member sent and that were accepted. */
    Reply accepted(AccessToken token, int start, int count) {
        return call(
                request("/v2/invitations?q=inviter&states=ACCEPTED&start=" + start + "&count=" + count, token)
                        .GET(),
                answer -> new Excerpt(answer.statusCode() == 200 ? MOST_OF_A_PAGE : MOST_OF_AN_ERROR, limit));
    }

    private HttpRequest.Builder request(String path, AccessToken token) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Authorization", token.header())
                .header("X-Restli-Protocol-Version", "2.0.0")
                .header("Accept", "application/json");
    }

    private Reply call(HttpRequest.Builder request, BodyHandler<Excerpt.Text> body) {
        CompletableFuture<HttpResponse<Excerpt.Text>> running = client.sendAsync(request.build(), body);
        try {
            // The request's own limit ends with the headers, the excerpt's with the body.
            HttpResponse<Excerpt.Text> answer =
                    running.get(2 * limit.toMillis() + TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Answered(
                    answer.statusCode(),
                    answer.headers(),
                    answer.body().text(),
                    answer.body().isWhole());
        } catch (ExecutionException failure) {
            return ofFailure(failure.getCause());
        } catch (TimeoutException late) {
            running.cancel(true);
            return new Reply.Unanswered("LinkedIn did not answer in time");
        } catch (InterruptedException interrupted) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Unanswered("The service was stopped before LinkedIn answered");
        }
    }

    private Reply ofFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof SSLHandshakeException) {
                return new Reply.NotAsked(
                        "LinkedIn could not be reached (" + NetworkTrouble.sentence(cause) + "); nothing was sent");
            }
        }
        if (failure instanceof HttpTimeoutException) {
            return new Reply.Unanswered("LinkedIn did not answer within " + limit.toSeconds() + " s");
        }
        return new Reply.Unanswered(
                failure instanceof IOException
                        ? "The connection to LinkedIn broke before it answered"
                        : "Asking LinkedIn failed (" + NetworkTrouble.sentence(failure) + ")");
    }

    /** Tokens do not travel in clear. */
    private static URI checked(URI base) {
        boolean isPlain = "http".equals(base.getScheme()) && LOOPBACK.contains(String.valueOf(base.getHost()));
        if (base.getHost() == null
                || !("https".equals(base.getScheme()) || isPlain)
                || base.getUserInfo() != null
                || base.getQuery() != null
                || base.getFragment() != null) {
            throw new IllegalArgumentException("pacer.linkedin.base-url must be https://host, without user, query and"
                    + " fragment (http:// for this machine's loopback only)");
        }
        return base;
    }
}
