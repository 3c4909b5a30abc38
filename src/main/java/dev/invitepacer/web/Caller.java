package dev.invitepacer.web;

import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * The one who waits for the answer to a request, and may hang up. The framework then leaves out whatever of the request has
 * not begun: the work, or the filters that see its answer. Between {@link #staysToTheEnd} and {@link #mayHangUp} it leaves
 * out nothing.
 */
final class Caller {
    private final ResteasyReactiveRequestContext request;

    private Caller(ResteasyReactiveRequestContext request) {
        this.request = request;
    }

    static Caller of(ContainerRequestContext request) {
        return new Caller((ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext());
    }

    /**
     * True if the request now runs to its end, whether anybody hears its answer or not; false if the caller has hung up
     * already, and nothing more of it will run.
     */
    boolean staysToTheEnd() {
        // The connection's own lock orders the two: open after the exchange means that the old handler is never called.
        request.serverResponse().addCloseHandler(() -> {});
        return !leaveOutTheRestIfGone();
    }

    /** From here on the framework does as ever: to one who is gone, nothing is written. */
    void mayHangUp() {
        request.serverResponse().addCloseHandler(this::leaveOutTheRest);
        leaveOutTheRestIfGone();
    }

    /** Called when nothing more of the request will run, however it went. */
    void onEnd(CompletionCallback callback) {
        request.registerCompletionCallback(callback);
    }

    private boolean leaveOutTheRestIfGone() {
        boolean isGone = request.serverResponse().closed();
        if (isGone) {
            leaveOutTheRest();
        }
        return isGone;
    }

    private void leaveOutTheRest() {
        request.setPosition(request.getHandlers().length);
    }
}
