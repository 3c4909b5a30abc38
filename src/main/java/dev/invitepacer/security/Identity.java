package dev.invitepacer.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.function.BooleanSupplier;

import dev.invitepacer.web.Asker;

/** Makes the framework's identities of those who were let in, and of those who were not. */
final class Identity {
    private static final String REFUSAL = Identity.class.getName() + ".refusal";

    private Identity() {}

    static SecurityIdentity of(Entrant entrant, BooleanSupplier stands) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(entrant.name()))
                .addRole(entrant.role().name())
                .addAttribute(Entrant.ATTRIBUTE, entrant)
                .addAttribute(Asker.ATTRIBUTE, new Asker(entrant.name(), entrant.scope(), entrant.accounts(), stands))
                .build();
    }

    /** Of somebody whom this answer tells why not. */
    static SecurityIdentity refused(RuntimeException answer) {
        return QuarkusSecurityIdentity.builder()
                .setAnonymous(true)
                .addAttribute(REFUSAL, answer)
                .build();
    }

    /** Null where nobody was let in. */
    static Entrant entrant(SecurityIdentity identity) {
        return identity.getAttribute(Entrant.ATTRIBUTE);
    }

    /** Why nobody was let in: nothing was shown, or what was shown is no good. */
    static RuntimeException refusal(SecurityIdentity identity) {
        RuntimeException refusal = identity.getAttribute(REFUSAL);
        return refusal == null ? Refused.nothingShown() : refusal;
    }
}
