package dev.invitepacer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Makes a POST with an {@code Idempotency-Key} safe to send again: what was answered once is answered again and nothing is
 * done. The body is taken in and compared before anything is done. Answers of 500 and above are not kept: the key is free
 * for another try. A request that holds its key is worked on to its end, and its answer kept, though the caller hung up.
 */
@Provider
@Priority(Priorities.USER)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String REPLAYED = "Idempotent-Replayed";

    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final String HOLD = IdempotencyFilter.class.getName() + ".hold";
    private static final List<String> KEPT_HEADERS =
            List.of("Content-Type", "Location", "Content-Location", "Retry-After", "Preference-Applied");

    private final KeptAnswers answers;
    private final RunningKeys running;
    private final WhoAsks whoAsks;
    private final ObjectMapper json;

    IdempotencyFilter(KeptAnswers answers, RunningKeys running, WhoAsks whoAsks, ObjectMapper json) {
        this.whoAsks = whoAsks;
        this.answers = answers;
        this.running = running;
        this.json = json;
    }

    /** What a request holds while it runs. */
    private record Hold(String scope, IdempotencyKey key, UUID lease, Spool body) {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        List<String> lines = request.getHeaders().get(IdempotencyKey.HEADER);
        if (lines == null || !request.getMethod().equals("POST") || whoAsks.isNobody()) {
            return;
        }
        IdempotencyKey key = IdempotencyKey.of(lines);
        String scope = whoAsks.now().scope();
        MessageDigest digest = sha256();
        digest.update((request.getMethod() + " "
                        + request.getUriInfo().getRequestUri().getRawPath() + "?"
                        + request.getUriInfo().getRequestUri().getRawQuery() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        LargestBody largest = answers.largestBody();
        Spool body = Spool.of(request.getEntityStream(), largest.bytes(), largest.setting(), digest);
        Caller caller = Caller.of(request);
        if (!caller.staysToTheEnd()) {
            body.close();
            return;
        }
        try {
            KeptAnswers.Claim claim = answers.claim(scope, key, digest.digest());
            if (claim instanceof KeptAnswers.Claim.Held held) {
                running.add(held.lease());
                caller.onEnd(failure -> letGo(held.lease(), body));
                request.setProperty(HOLD, new Hold(scope, key, held.lease(), body));
                request.setEntityStream(body.open());
                return;
            }
            body.close();
            caller.mayHangUp();
            refuseOrReplay(request, claim);
        } catch (IOException | RuntimeException failure) {
            body.close();
            throw failure;
        }
    }

    private static void refuseOrReplay(ContainerRequestContext request, KeptAnswers.Claim claim) {
        if (claim instanceof KeptAnswers.Claim.Answered answered) {
            request.abortWith(replay(answered));
        } else if (claim instanceof KeptAnswers.Claim.Running) {
            throw Problem.builder(
                            Code.IDEMPOTENCY_KEY_RUNNING,
                            "A request with this key is being worked on; send this one again after Retry-After seconds to"
                                    + " get its answer.")
                    .withHeader("Retry-After", "1")
                    .build();
        } else {
            throw Problem.of(
                    Code.IDEMPOTENCY_KEY_REUSED,
                    "This key came with another method, address or body before; take a new key for a new request.");
        }
    }

    /** Where the body was too large to keep, the answer leads to where it can be read, if there is such a place. */
    private static Response replay(KeptAnswers.Claim.Answered answered) {
        String place = answered.headers().remove("Content-Location");
        boolean isElsewhere = answered.body() == null && place != null;
        Response.ResponseBuilder response =
                Response.status(isElsewhere ? 303 : answered.status()).header(REPLAYED, "true");
        if (isElsewhere) {
            return response.header("Location", place).build();
        }
        if (place != null) {
            response.header("Content-Location", place);
        }
        String type = answered.headers().remove("Content-Type");
        if (answered.body() != null) {
            response.entity(answered.body()).type(type);
        }
        answered.headers().forEach(response::header);
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(HOLD) instanceof Hold hold)) {
            return;
        }
        request.removeProperty(HOLD);
        try {
            if (response.getStatus() >= 500) {
                answers.free(hold.scope, hold.key, hold.lease);
            } else {
                answers.answer(
                        hold.scope, hold.key, hold.lease, response.getStatus(), headers(response), body(response));
            }
        } catch (RuntimeException | JsonProcessingException failure) {
            // What was done is done, and its answer is worth more than the possibility to give it again.
            LOG.errorf(failure, "The answer under an Idempotency-Key is not kept; the key is free again in a minute");
        } finally {
            letGo(hold.lease, hold.body);
            Caller.of(request).mayHangUp();
        }
    }

    /** Again does nothing. Should no answer have been kept nor the key freed, its lease is renewed no more. */
    private void letGo(UUID lease, Spool body) {
        running.remove(lease);
        body.close();
    }

    private byte[] body(ContainerResponseContext response) throws JsonProcessingException {
        if (isUnkept(response)) {
            return null;
        }
        return response.hasEntity() ? json.writeValueAsBytes(response.getEntity()) : new byte[0];
    }

    /** What no cache may keep, such as a secret that is told once, is not kept here either. */
    private static boolean isUnkept(ContainerResponseContext response) {
        String control = response.getHeaderString("Cache-Control");
        return control != null && control.contains("no-store");
    }

    private static Map<String, String> headers(ContainerResponseContext response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
