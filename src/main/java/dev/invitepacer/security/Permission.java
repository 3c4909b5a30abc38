package dev.invitepacer.security;

import io.quarkus.arc.All;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.AccessFigures;
import dev.invitepacer.web.Belonging;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * Lets through what {@link Rights} allows, and nothing else. What belongs to an account that the asker may not see is answered
 * as if it did not exist, before anything is said of what the asker may do.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class Permission implements ContainerRequestFilter {
    private static final Logger LOG = Logger.getLogger(Permission.class);
    private static final String ACCOUNT = "account";

    private final SecurityIdentity identity;
    private final List<Belonging> belongings;
    private final AccessFigures figures;
    private final Notices notices;

    @Context
    ResourceInfo resource;

    Permission(SecurityIdentity identity, @All List<Belonging> belongings, AccessFigures figures, Notices notices) {
        this.notices = notices;
        this.figures = figures;
        this.identity = identity;
        this.belongings = belongings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource.getResourceMethod() == null
                || !resource.getResourceClass().getName().startsWith("dev.invitepacer.")) {
            return;
        }
        Rights.Right right = Rights.of(resource.getResourceMethod());
        if (right.isEverybodys()) {
            return;
        }
        Entrant entrant = Identity.entrant(identity);
        if (entrant == null) {
            throw Identity.refusal(identity);
        }
        if (entrant.accounts() != null) {
            requireSeen(request, entrant.accounts());
        }
        if (!right.allows(entrant.role(), entrant.accounts() == null)) {
            figures.failed(AccessFigures.Kind.NOT_ALLOWED);
            // By the address with its parts in braces: the parts may name people.
            String call = Rights.call(resource.getResourceMethod());
            notices.tell(LOG, Logger.Level.INFO, entrant.name() + " may not " + call);
            throw Problem.of(Code.FORBIDDEN, sentence(right, entrant));
        }
    }

    private void requireSeen(ContainerRequestContext request, Set<String> seen) {
        MultivaluedMap<String, String> path = request.getUriInfo().getPathParameters();
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        for (MultivaluedMap<String, String> parameters : List.of(path, query)) {
            for (String account : parameters.getOrDefault(ACCOUNT, List.of())) {
                if (!account.isEmpty() && !seen.contains(account)) {
                    throw Accounts.unknown(account);
                }
            }
        }
        for (Belonging belonging : belongings) {
            String id = path.getFirst(belonging.parameter());
            if (id != null && belonging.accountOf(id).filter(seen::contains).isEmpty()) {
                throw belonging.unknown();
            }
        }
    }

    private static String sentence(Rights.Right right, Entrant entrant) {
        String takes = right.roles().stream().map(Role::name).collect(Collectors.joining(" or "));
        return takes.isEmpty()
                ? "Nobody may do this."
                : right.roles().contains(entrant.role())
                        ? "This tells of all accounts, and this key sees only some."
                        : "This takes a key of the role " + takes + "; this one's is " + entrant.role() + ".";
    }
}
