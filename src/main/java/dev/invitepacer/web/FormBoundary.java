package dev.invitepacer.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a Content-Type that is none, and a form that does not say what stands between its parts, before the HTTP layer
 * stumbles over them.
 */
public class FormBoundary {
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=(?:\"[^\"]{1,200}\"|[^\\s;,\"]{1,200})");

    /** Whether the HTTP layer found no end of a form's last part. */
    static boolean isBrokenForm(Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("multipart request");
    }

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null || BODILESS.contains(request.getMethod())) {
            return;
        }
        if (!isMediaType(type)) {
            throw Problem.of(
                    Code.UNSUPPORTED_MEDIA_TYPE, "The Content-Type is none; send one, such as application/json.");
        }
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
                && !BOUNDARY.matcher(type).find()) {
            throw Problem.of(
                    Code.UNREADABLE, "The Content-Type multipart/form-data names no boundary; curl -F adds one.");
        }
    }

    private static boolean isMediaType(String type) {
        try {
            MediaType.valueOf(type);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
