package dev.invitepacer.security;

import static dev.invitepacer.security.Role.ADMIN;
import static dev.invitepacer.security.Role.INTEGRATOR;
import static dev.invitepacer.security.Role.OWNER;
import static dev.invitepacer.security.Role.READER;
import static dev.invitepacer.security.Role.SENDER;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may make which call: the table of {@code docs/reference/roles.md}. What has no row here nobody may do. Of accounts that
 * a key does not name, and of what is in them, it sees nothing, whatever its role.
 */
final class Rights {
    private static final Right NOBODYS = new Right(Set.of(), false, false);
    private static final Map<String, Right> ROWS = new LinkedHashMap<>();
    private static final Map<Method, Right> KNOWN = new ConcurrentHashMap<>();

    static {
        everybody("GET /problems/{code}");
        everybody("POST /api/v1/session");
        anyRole("GET /api/v1/session");
        anyRole("DELETE /api/v1/session");

        only("GET /api/v1/keys", ADMIN);
        only("POST /api/v1/keys", ADMIN);
        only("GET /api/v1/keys/{id}", ADMIN);
        only("DELETE /api/v1/keys/{id}", ADMIN);
        only("POST /api/v1/keys/{id}/rotate", ADMIN);

        only("GET /api/v1/overview", ADMIN, OWNER, INTEGRATOR, READER);
        anyRole("GET /api/v1/accounts");
        anyRole("GET /api/v1/accounts/{account}");
        only("PUT /api/v1/accounts/{account}", ADMIN, OWNER);
        only("PATCH /api/v1/accounts/{account}", ADMIN, OWNER);
        only("DELETE /api/v1/accounts/{account}", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/pause", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/resume", ADMIN, OWNER);
        only("GET /api/v1/accounts/{account}/history", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/pacing", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/forecast", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/statistics", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/week", ADMIN, OWNER, INTEGRATOR, READER);
        only("POST /api/v1/accounts/{account}/preview", ADMIN, OWNER);

        only("POST /api/v1/accounts/{account}/invitations", ADMIN, OWNER, INTEGRATOR);
        only("GET /api/v1/accounts/{account}/invitations", ADMIN, OWNER, INTEGRATOR, READER);
        anyRole("GET /api/v1/accounts/{account}/invitations/{id}");
        anyRole("GET /api/v1/accounts/{account}/invitations/{id}/history");
        only("PATCH /api/v1/accounts/{account}/invitations/{id}", ADMIN, OWNER, INTEGRATOR);
        only("DELETE /api/v1/accounts/{account}/invitations/{id}", ADMIN, OWNER, INTEGRATOR);
        only("POST /api/v1/accounts/{account}/invitations/{id}/withdraw", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/imports", ADMIN, OWNER, INTEGRATOR);
        only("GET /api/v1/accounts/{account}/imports", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/imports/{id}", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/imports/{id}/report", ADMIN, OWNER, INTEGRATOR, READER);

        only("GET /api/v1/accounts/{account}/campaigns", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/campaigns/{name}", ADMIN, OWNER, INTEGRATOR, READER);
        only("PUT /api/v1/accounts/{account}/campaigns/{name}", ADMIN, OWNER);
        only("DELETE /api/v1/accounts/{account}/campaigns/{name}", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/campaigns/{name}/pause", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/campaigns/{name}/resume", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/campaigns/{name}/move", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/campaigns/{name}/cancel", ADMIN, OWNER);
        only("GET /api/v1/accounts/{account}/templates", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/accounts/{account}/templates/{template}", ADMIN, OWNER, INTEGRATOR, READER);
        only("PUT /api/v1/accounts/{account}/templates/{template}", ADMIN, OWNER);
        only("DELETE /api/v1/accounts/{account}/templates/{template}", ADMIN, OWNER);

        only("GET /api/v1/accounts/{account}/withdrawals/preview", ADMIN, OWNER, INTEGRATOR, READER);
        only("POST /api/v1/accounts/{account}/withdrawals", ADMIN, OWNER);
        only("POST /api/v1/accounts/{account}/reports", ADMIN, OWNER, INTEGRATOR);
        only("POST /api/v1/accounts/{account}/linkedin-export", ADMIN, OWNER, INTEGRATOR);

        anyRole("GET /api/v1/tasks");
        anyRole("GET /api/v1/tasks/counts");
        only("POST /api/v1/tasks/{task}/claim", ADMIN, OWNER, SENDER);
        only("DELETE /api/v1/tasks/{task}/claim", ADMIN, OWNER, SENDER);
        only("POST /api/v1/tasks/{task}/report", ADMIN, OWNER, INTEGRATOR, SENDER);
        only("POST /api/v1/tasks/{task}/deliver", ADMIN, OWNER, INTEGRATOR);

        anyRole("GET /api/v1/events");
        only("GET /api/v1/subscriptions", ADMIN);
        only("GET /api/v1/subscriptions/{subscription}", ADMIN);
        only("PUT /api/v1/subscriptions/{subscription}", ADMIN);
        only("DELETE /api/v1/subscriptions/{subscription}", ADMIN);
        only("POST /api/v1/subscriptions/{subscription}/deliver", ADMIN);
        only("GET /api/v1/endpoints", ADMIN);
        only("GET /api/v1/endpoints/{endpoint}", ADMIN);
        only("PUT /api/v1/endpoints/{endpoint}", ADMIN);
        only("DELETE /api/v1/endpoints/{endpoint}", ADMIN);
        only("POST /api/v1/endpoints/{endpoint}/secret", ADMIN);
        only("POST /api/v1/endpoints/{endpoint}/test", ADMIN);
        only("POST /api/v1/endpoints/{endpoint}/enable", ADMIN);

        ofAllAccounts("GET /api/v1/suppressions", ADMIN, READER);
        only("POST /api/v1/suppressions", ADMIN);
        only("GET /api/v1/suppressions/{profile}", ADMIN, OWNER, INTEGRATOR, READER);
        only("PUT /api/v1/suppressions/{profile}", ADMIN, OWNER, INTEGRATOR);
        only("DELETE /api/v1/suppressions/{profile}", ADMIN);
        only("GET /api/v1/people", ADMIN, OWNER, INTEGRATOR, READER);
        only("GET /api/v1/people/{profile}", ADMIN, OWNER, INTEGRATOR, READER);
        only("DELETE /api/v1/people/{profile}", ADMIN);
    }

    private Rights() {}

    /**
     * Who may make a call.
     *
     * @param isOfAllAccounts whether it takes a key that sees all accounts
     */
    record Right(Set<Role> roles, boolean isEverybodys, boolean isOfAllAccounts) {
        boolean allows(Role role, boolean seesAll) {
            return roles.contains(role) && (seesAll || !isOfAllAccounts);
        }
    }

    /** Of the method of a resource that answers a call. */
    static Right of(Method method) {
        return KNOWN.computeIfAbsent(method, known -> ROWS.getOrDefault(call(known), NOBODYS));
    }

    /** All rows, by method and address. */
    static Map<String, Right> all() {
        return Collections.unmodifiableMap(ROWS);
    }

    /** The call that a method of a resource answers: {@code GET /api/v1/accounts/{account}}. */
    static String call(Method method) {
        Path base = method.getDeclaringClass().getAnnotation(Path.class);
        Path path = method.getAnnotation(Path.class);
        String verb = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(named -> named != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElse("?");
        return verb + " " + (base == null ? "" : base.value()) + (path == null ? "" : path.value());
    }

    private static void everybody(String call) {
        ROWS.put(call, new Right(EnumSet.allOf(Role.class), true, false));
    }

    private static void anyRole(String call) {
        ROWS.put(call, new Right(EnumSet.allOf(Role.class), false, false));
    }

    private static void only(String call, Role first, Role... others) {
        ROWS.put(call, new Right(EnumSet.of(first, others), false, false));
    }

    private static void ofAllAccounts(String call, Role first, Role... others) {
        ROWS.put(call, new Right(EnumSet.of(first, others), false, true));
    }
}
