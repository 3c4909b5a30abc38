package dev.invitepacer.events;

import java.util.Set;

/**
 * Which events somebody wants.
 *
 * @param accounts empty: all
 * @param types their names; empty: all
 */
record Filter(Set<String> accounts, Set<String> types) {
    static final Filter ALL = new Filter(Set.of(), Set.of());

    Filter {
        accounts = Set.copyOf(accounts);
        types = Set.copyOf(types);
    }
}
