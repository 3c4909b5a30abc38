package dev.invitepacer.security;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets only this service's own addresses into the metrics of requests, their parts in braces. A request that was refused
 * before its address was looked up, or that broke off, has it there as it was sent: it may name a person, and whoever makes
 * addresses up would use up the bounded number of them, so that nothing new is counted any more.
 */
@ApplicationScoped
class KnownAddresses {
    /** The framework's word, too, for what it does not know. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final String CONSOLE = "/console";
    private static final String WEBJARS = "/webjars";

    private static final Set<String> OURS = Rights.all().keySet().stream()
            .map(call -> call.substring(call.indexOf(' ') + 1))
            .collect(Collectors.toUnmodifiableSet());

    @Produces
    @Singleton
    MeterFilter filter() {
        return MeterFilter.replaceTagValues("uri", KnownAddresses::label);
    }

    /** Of a label, itself: each registry of several asks in turn. */
    static String label(String uri) {
        // What is no address is the framework's own: root, NOT_FOUND, REDIRECTION, UNKNOWN.
        if (!uri.startsWith("/") || OURS.contains(uri)) {
            return uri;
        }
        if (isIn(uri, CONSOLE) || uri.equals("/index.html")) {
            return CONSOLE;
        }
        return isIn(uri, WEBJARS) ? WEBJARS : UNKNOWN;
    }

    private static boolean isIn(String uri, String directory) {
        return uri.equals(directory) || uri.startsWith(directory + "/");
    }
}
