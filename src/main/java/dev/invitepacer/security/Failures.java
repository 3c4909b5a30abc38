package dev.invitepacer.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.invitepacer.config.PacerConfig;

/**
 * Counts, for each address, the keys that opened nothing. Whoever sends too many is told to wait and not even looked up, but
 * for those who were let in from there before: behind a proxy or a shared line, one who guesses does not lock out the
 * others. Of the process; holds a bounded number of addresses and of those let in, and forgets the longest unused.
 */
@ApplicationScoped
class Failures {
    private static final int MOST = 10_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int most;
    private final Duration within;
    private final Map<String, Window> windows = bounded();
    private final Map<String, Boolean> letIn = bounded();

    Failures(PacerConfig config) {
        this.most = config.security().failures().most();
        this.within = config.security().failures().within();
    }

    private record Window(long began, int count) {}

    /** How long this address must wait before a credential that is not known here is looked up; zero: not at all. */
    synchronized Duration waitOf(String address, Token token) {
        Window window = windows.get(network(address));
        if (window == null || window.count < most || letIn.containsKey(mark(token))) {
            return Duration.ZERO;
        }
        Duration left = within.minusNanos(System.nanoTime() - window.began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** True if it is from now on that this address must wait. */
    synchronized boolean failed(String address, Token token) {
        letIn.remove(mark(token));
        long now = System.nanoTime();
        Window window = windows.merge(
                network(address),
                new Window(now, 1),
                (before, first) ->
                        now - before.began > within.toNanos() ? first : new Window(before.began, before.count + 1));
        return window.count == most;
    }

    int most() {
        return most;
    }

    Duration within() {
        return within;
    }

    synchronized void letIn(Token token) {
        letIn.put(mark(token), true);
    }

    /** For tests: as after the start. */
    synchronized void forget() {
        windows.clear();
        letIn.clear();
    }

    synchronized int size() {
        return windows.size();
    }

    private static String mark(Token token) {
        return HexFormat.of().formatHex(token.hash());
    }

    /** Whoever has one address of IPv6 has its whole network. */
    static String network(String address) {
        if (address == null || !address.contains(":")) {
            return String.valueOf(address);
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
