package dev.invitepacer.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.invitepacer.web.NetworkTrouble;

/**
 * Posts to addresses that callers name, and to nothing that the guard refuses: every call looks the host up, checks every
 * address found, and connects to one that was checked, by its number. The host's name stays for the certificate and the
 * Host header. No redirect is followed, no proxy asked, and a kept connection is used again only for the same name at the
 * same checked address. May be used by many threads at once, but not by an event loop: it waits.
 */
public final class GuardedClient {
    static final int LONGEST_ANSWER = 16 * 1024;

    /** The lowest status that ends an exchange. */
    private static final int FINAL = 200;

    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_WAITING = 256;

    /** Below the five seconds after which many servers close: closing in the midst of a call leaves it in doubt. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final HttpClient http;
    private final AddressGuard guard;
    private final Resolver resolver;
    private final Duration limit;

    /** @param options may add whom to trust; the rest is set here */
    GuardedClient(
            Vertx vertx,
            AddressGuard guard,
            Resolver resolver,
            Duration connectTimeout,
            Duration limit,
            HttpClientOptions options) {
        this.guard = guard;
        this.resolver = resolver;
        this.limit = limit;
        HttpClientOptions all = options.setConnectTimeout((int) connectTimeout.toMillis())
                .setSslHandshakeTimeout(connectTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxWaitQueueSize(MOST_WAITING);
        this.http = outsideEveryContext(
                () -> vertx.createHttpClient(all, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS)));
    }

    /**
     * Vert.x closes a client together with the verticle in whose context it was made. Made by whoever needs it first, which
     * may be a request, it would go down with the HTTP server, in the midst of calls that a stop waits for.
     */
    private static HttpClient outsideEveryContext(Supplier<HttpClient> made) {
        return CompletableFuture.supplyAsync(made, work -> new Thread(work, "webhook-client").start())
                .join();
    }

    /** Posts a JSON body; comes back within the time limit with what is known. */
    public Exchange post(String url, Map<String, String> headers, byte[] body) {
        long deadline = System.nanoTime() + limit.toNanos();
        Target target;
        List<InetAddress> addresses;
        try {
            target = guard.target(url);
            addresses = checked(target);
        } catch (RefusedAddress refused) {
            return new Exchange.NotSent("The address " + refused.getMessage());
        } catch (UnknownHostException unknown) {
            return new Exchange.NotSent("The host's name leads nowhere: " + unknown.getMessage());
        }
        String why = "";
        for (InetAddress address : addresses) {
            try {
                HttpClientRequest request = connected(target, address, deadline);
                return exchange(request, target, headers, body, deadline);
            } catch (ExecutionException | TimeoutException failure) {
                why = NetworkTrouble.sentence(failure instanceof TimeoutException ? failure : failure.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return new Exchange.NotSent("The service stops.");
            }
        }
        return new Exchange.NotSent("No connection: " + why);
    }

    /** The host's addresses, each of which has passed; one that does not refuses them all. */
    private List<InetAddress> checked(Target target) throws RefusedAddress, UnknownHostException {
        List<InetAddress> addresses = target.literal() == null
                ? resolver.resolve(target.host())
                : List.of(target.literal().toInetAddress());
        for (InetAddress address : addresses) {
            guard.check(address);
        }
        return addresses.stream().limit(MOST_ADDRESSES).toList();
    }

    private HttpClientRequest connected(Target target, InetAddress address, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        var request = http.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.isTls())
                .setURI(target.path())
                .setFollowRedirects(false));
        try {
            return request.toCompletionStage().toCompletableFuture().get(left(deadline), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | TimeoutException givenUp) {
            request.onSuccess(late -> late.reset());
            throw givenUp;
        }
    }

    private Exchange exchange(
            HttpClientRequest request, Target target, Map<String, String> headers, byte[] body, long deadline) {
        headers.forEach(request::putHeader);
        request.putHeader("Host", target.authority());
        request.putHeader("Content-Type", "application/json");
        request.putHeader("Accept", "application/json");
        request.putHeader("Accept-Encoding", "identity");
        request.putHeader("User-Agent", "InvitePacer/1");
        CompletableFuture<Exchange> answer = new CompletableFuture<>();
        // Whoever listens only after sending misses an answer that is quick.
        request.response().onSuccess(response -> read(response, answer)).onFailure(answer::completeExceptionally);
        request.end(Buffer.buffer(body)).onFailure(answer::completeExceptionally);
        try {
            return answer.get(left(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Exchange.Unanswered("No whole answer within " + limit.toMillis() + " ms.");
        } catch (ExecutionException broken) {
            return new Exchange.Unanswered(
                    "The connection ended before the answer did: " + NetworkTrouble.sentence(broken.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Exchange.Unanswered("The service stopped while it waited for the answer.");
        } finally {
            if (!answer.isDone()) {
                request.reset();
            }
        }
    }

    private static void read(HttpClientResponse response, CompletableFuture<Exchange> answer) {
        if (response.statusCode() < FINAL) {
            // Whatever comes next on this connection is no answer to the next call.
            answer.complete(
                    new Exchange.Unanswered("It answered " + response.statusCode() + ", which is no final answer."));
            response.request().connection().close();
            return;
        }
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::completeExceptionally)
                .handler(part -> {
                    if (body.length() + part.length() <= LONGEST_ANSWER) {
                        body.appendBuffer(part);
                    } else {
                        answer.complete(answered(response, new byte[0], "has more than " + LONGEST_ANSWER + " bytes"));
                        response.request().reset();
                    }
                })
                .endHandler(end -> answer.complete(answered(response, body.getBytes(), null)));
    }

    private static Exchange answered(HttpClientResponse response, byte[] body, String unread) {
        String coding = response.getHeader("Content-Encoding");
        boolean isPlain = coding == null || coding.isBlank() || coding.trim().equalsIgnoreCase("identity");
        return new Exchange.Answered(
                response.statusCode(),
                response.getHeader("Retry-After"),
                isPlain ? body : new byte[0],
                isPlain || unread != null
                        ? unread
                        : body.length == 0 ? null : "is compressed, which was not asked for");
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }
}
