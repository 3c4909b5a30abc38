package dev.invitepacer.web;

import java.util.Optional;

/** Tells to which account something belongs whose address does not say. Whoever may not see the account does not see it. */
public interface Belonging {
    /** The name of the path parameter that holds its id. */
    String parameter();

    /** The account; nothing where there is no such thing. */
    Optional<String> accountOf(String id);

    /** The 404 answer for one that there is not. */
    RuntimeException unknown();
}
