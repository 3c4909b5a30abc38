package dev.invitepacer.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns what is thrown into a problem answer: what the HTTP layer refuses gets its code; a database that is away or too
 * busy is 503 with {@code Retry-After}; all else is our own error, told without its cause.
 */
public class FailureMapper {
    private static final Logger LOG = Logger.getLogger(FailureMapper.class);

    private final Addresses addresses;

    FailureMapper(Addresses addresses) {
        this.addresses = addresses;
    }

    /** As it was made. The library's own mapper would add the address, which the caller knows. */
    @ServerExceptionMapper(priority = 1)
    public Response told(HttpProblem problem) {
        return response(problem);
    }

    @ServerExceptionMapper(priority = 1)
    public Response refused(WebApplicationException refused, UriInfo address) {
        int status = refused.getResponse().getStatus();
        return status == 405
                ? notAllowed(addresses.methodsAt(address.getPath()))
                : response(Problem.of(code(status), detail(status)));
    }

    /** The framework tells a wrong method as a missing address where the addresses of two resources begin alike. */
    @ServerExceptionMapper(priority = 1)
    public Response missing(NotFoundException missing, UriInfo address, Request request) {
        Set<String> methods = addresses.methodsAt(address.getPath());
        return methods.isEmpty() || methods.contains(request.getMethod())
                ? refused(missing, address)
                : notAllowed(methods);
    }

    private static Response notAllowed(Set<String> methods) {
        return response(Problem.builder(Code.METHOD_NOT_ALLOWED, detail(405))
                .withHeader("Allow", String.join(", ", methods))
                .build());
    }

    @ServerExceptionMapper(priority = 1)
    public Response failed(Exception failure) {
        Optional<Code> trouble = DatabaseTrouble.in(failure);
        if (trouble.isPresent()) {
            LOG.warnf("A request was answered with 503: %s", DatabaseTrouble.sentence(failure));
            return response(Problem.of(
                    trouble.get(),
                    trouble.get() == Code.BUSY
                            ? "The database had no time for this request. Nothing was changed; send it again."
                            : "The database cannot be reached, or takes no changes now. Send the request again: should it have"
                                    + " gone away only after it had done this, nothing is done twice."));
        }
        if (FormBoundary.isBrokenForm(failure)) {
            return response(Problem.of(Code.UNREADABLE, "The form ended before it was complete; nothing was changed."));
        }
        LOG.error("A request failed", failure);
        return response(Problem.of(Code.INTERNAL, "The service log tells the cause."));
    }

    private static Code code(int status) {
        return switch (status) {
            case 404 -> Code.NOT_FOUND;
            case 405 -> Code.METHOD_NOT_ALLOWED;
            case 406 -> Code.NOT_ACCEPTABLE;
            case 413 -> Code.TOO_LARGE;
            case 415 -> Code.UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? Code.UNREADABLE : Code.INTERNAL;
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address; /q/openapi lists every one.";
            case 405 -> "This address does not take this method; /q/openapi lists what it takes.";
            case 406 -> "The answer comes as application/json; ask for that, or for anything.";
            case 413 -> "The body is larger than this service takes; send it in parts.";
            case 415 -> "Set Content-Type to what this address takes: application/json, and text/csv for imports.";
            default -> "The request cannot be read.";
        };
    }

    private static Response response(HttpProblem problem) {
        Response.ResponseBuilder response = Response.status(problem.getStatusCode())
                .type(MediaType.valueOf("application/problem+json"))
                .entity(problem);
        problem.getHeaders().forEach(response::header);
        return response.build();
    }
}
