package dev.invitepacer.faults;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param at when it is to begin, from the beginning of the campaign
 * @param lasts until it is put right
 * @param replica whom it befalls, from 0, where it befalls one
 */
record Fault(Duration at, FaultKind kind, String variety, int replica, Duration lasts) {
    @Override
    public String toString() {
        return kind + (kind.hasReplica() ? " of replica " + (replica + 1) : "") + ", " + variety;
    }
}
