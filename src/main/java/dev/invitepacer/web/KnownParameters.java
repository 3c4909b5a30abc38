package dev.invitepacer.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Refuses a query parameter that the address does not take, as an unknown JSON field is refused: a misspelt
 * {@code dryRun} must not do the real thing. One that is there without a value is as good as missing, but for
 * {@code dryRun}. Runs before the {@link IdempotencyFilter}, so that such a request takes no key.
 */
@Provider
@Priority(Priorities.USER - 1_000)
public class KnownParameters implements ContainerRequestFilter {
    private static final String DRY_RUN = "dryRun";

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (method == null || !method.getDeclaringClass().getName().startsWith("dev.invitepacer.")) {
            return;
        }
        Set<String> names = known.computeIfAbsent(method, KnownParameters::namesOf);
        Map<String, List<String>> given = request.getUriInfo().getQueryParameters();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw Problem.of(Code.UNREADABLE, sentence(name, names));
            }
        }
        if (given.getOrDefault(DRY_RUN, List.of()).stream().anyMatch(String::isEmpty)) {
            throw Problem.of(Code.UNREADABLE, DRY_RUN + " must be true or false.");
        }
    }

    private static String sentence(String name, Set<String> names) {
        return "There is no parameter " + Problem.shown(name, 40) + " here; "
                + (names.isEmpty()
                        ? "this address takes none."
                        : "this address takes " + names.stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    private static Set<String> namesOf(Method method) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(annotation -> annotation != null)
                .map(QueryParam::value)
                .collect(Collectors.toUnmodifiableSet());
    }
}
