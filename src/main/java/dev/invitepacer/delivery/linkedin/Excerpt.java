package dev.invitepacer.delivery.linkedin;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Reads the beginning of a body: no more bytes, and no longer, than it may. A body that breaks off, or never ends, is as much
 * as came of it: what the status says holds without it.
 */
final class Excerpt implements BodySubscriber<Excerpt.Text> {
    /** @param isWhole whether the body ended within the limits */
    record Text(String text, boolean isWhole) {}

    private final int most;
    private final Duration longest;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Text> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /** @param most bytes; 0 reads nothing at all */
    Excerpt(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    @Override
    public CompletionStage<Text> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription of) {
        subscription = of;
        if (most == 0) {
            end(false);
            return;
        }
        CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> end(false));
        of.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), most + 1 - bytes.size())];
            buffer.get(part);
            bytes.writeBytes(part);
        }
        if (bytes.size() > most) {
            end(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(false);
    }

    @Override
    public void onComplete() {
        end(true);
    }

    private synchronized void end(boolean isWhole) {
        if (!body.isDone()) {
            body.complete(new Text(bytes.toString(StandardCharsets.UTF_8), isWhole));
            if (!isWhole) {
                subscription.cancel();
            }
        }
    }
}
