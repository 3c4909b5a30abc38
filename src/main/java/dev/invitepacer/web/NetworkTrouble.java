package dev.invitepacer.web;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says what went wrong on the way to another service, for people: without addresses, and without the names of classes. */
public final class NetworkTrouble {
    private NetworkTrouble() {}

    /** The trouble as the end of a sentence; of several causes the first that is known. */
    public static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectTimeoutException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof TimeoutException) {
                return "no connection in time";
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "the host's name leads nowhere";
            }
            if (cause instanceof NoRouteToHostException) {
                return "no way leads there";
            }
            if (cause instanceof ConnectException) {
                return "the connection was refused";
            }
            if (cause instanceof SSLException) {
                return "TLS could not be agreed on, or its certificate is not trusted";
            }
        }
        return failure instanceof IOException || failure instanceof HttpClosedException
                ? "the connection broke"
                : "it failed in a way that has no name here";
    }
}
