package dev.invitepacer.faults;

import java.util.List;

/** What goes wrong in a campaign, how often of a hundred faults, and in which varieties. */
enum FaultKind {
    KILL("a replica is killed (`kill -9`), and started again after a while", 22, true, List.of("killed")),
    STAND_STILL("a replica stands still (`SIGSTOP`), and goes on", 12, true, List.of("stopped")),
    DATABASE_RESTART("PostgreSQL is restarted", 7, false, List.of("fast")),
    DATABASE_CRASH(
            "PostgreSQL crashes, and is started again",
            10,
            false,
            List.of("all its processes killed", "its postmaster killed", "one of its backends killed")),
    DATABASE_WIRE(
            "the network between a replica and PostgreSQL",
            20,
            true,
            List.of("resets", "delays", "drops", "drops, then resets")),
    RECEIVER_WIRE(
            "the network between the replicas and the receiver",
            9,
            false,
            List.of("resets", "delays", "drops", "drops, then resets")),
    CLIENT_WIRE(
            "the network between clients and a replica", 8, true, List.of("resets", "delays", "drops, then resets")),
    RECEIVER(
            "the receiver of webhooks",
            9,
            false,
            List.of("paused", "slow", "answers 500", "answers 503 with Retry-After", "hangs up")),
    DISK("PostgreSQL's disk is full", 3, false, List.of("full"));

    private final String words;
    private final int ofAHundred;
    private final boolean hasReplica;
    private final List<String> varieties;

    FaultKind(String words, int ofAHundred, boolean hasReplica, List<String> varieties) {
        this.words = words;
        this.ofAHundred = ofAHundred;
        this.hasReplica = hasReplica;
        this.varieties = varieties;
    }

    String words() {
        return words;
    }

    int ofAHundred() {
        return ofAHundred;
    }

    /** Whether it befalls one of the replicas. */
    boolean hasReplica() {
        return hasReplica;
    }

    List<String> varieties() {
        return varieties;
    }
}
