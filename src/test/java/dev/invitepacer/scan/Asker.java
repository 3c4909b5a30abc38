package dev.invitepacer.scan;

import java.util.Map;

/**
 * Somebody who asks.
 *
 * @param headers what shows who they are
 * @param seesAll whether all accounts are theirs to see
 */
record Asker(String name, Map<String, String> headers, boolean seesAll) {
    static Asker withKey(String name, String key, boolean seesAll) {
        return new Asker(name, Map.of("Authorization", "Bearer " + key), seesAll);
    }

    @Override
    public String toString() {
        return name;
    }
}
