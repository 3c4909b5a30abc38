package dev.invitepacer.web;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells who asks, of the request that is being answered. */
@ApplicationScoped
public class WhoAsks {
    private final SecurityIdentity identity;

    WhoAsks(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Of a request that has come past the door, which is every one that reaches a resource. */
    public Asker now() {
        Asker asker = identity.getAttribute(Asker.ATTRIBUTE);
        if (asker == null) {
            throw new IllegalStateException("Nobody is known to ask");
        }
        return asker;
    }

    /** As the history tells it. */
    public String name() {
        return now().name();
    }

    /** Likewise; where no keys are asked for, the name of the way that something came. */
    public String nameOr(String way) {
        String name = name();
        return name.equals(Asker.ANYBODY) ? way : name;
    }

    /** Whether nobody is known to ask, as with a sign-in: such a request leaves nothing behind. */
    boolean isNobody() {
        return identity.getAttribute(Asker.ATTRIBUTE) == null;
    }
}
