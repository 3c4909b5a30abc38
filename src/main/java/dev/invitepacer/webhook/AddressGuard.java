package dev.invitepacer.webhook;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Decides where calls may go. Two questions, both without looking anything up: is the address written plainly enough to
 * mean one thing ({@link #target}), and is the host that it leads to outside every network that is not public
 * ({@link #check})?
 *
 * <p>Networks: the IANA registries of special-purpose addresses for IPv4 and IPv6, and the metadata services of clouds. Of
 * IPv6 only 2000::/3 is public, without what carries IPv4 inside.
 */
public final class AddressGuard {
    static final int LONGEST = 2_000;

    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\\\\\"<>^`{|}]]+");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    /** A network that is not public, and what it is. */
    private record Closed(IPAddress network, String what) {}

    private static final List<Closed> CLOSED = List.of(
            closed("0.0.0.0/8", "this host"),
            closed("10.0.0.0/8", "private"),
            closed("100.64.0.0/10", "shared by a carrier, or a cloud's metadata"),
            closed("127.0.0.0/8", "this host"),
            closed("168.63.129.16/32", "a cloud's metadata"),
            closed("169.254.0.0/16", "link-local, or a cloud's metadata"),
            closed("172.16.0.0/12", "private"),
            closed("192.0.0.0/24", "reserved"),
            closed("192.0.2.0/24", "documentation"),
            closed("192.88.99.0/24", "a relay"),
            closed("192.168.0.0/16", "private"),
            closed("198.18.0.0/15", "benchmarks"),
            closed("198.51.100.0/24", "documentation"),
            closed("203.0.113.0/24", "documentation"),
            closed("224.0.0.0/4", "multicast"),
            closed("240.0.0.0/4", "reserved or broadcast"),
            closed("2001::/23", "reserved, or IPv4 inside (Teredo)"),
            closed("2001:db8::/32", "documentation"),
            closed("2002::/16", "IPv4 inside (6to4)"),
            closed("3fff::/20", "documentation"));

    private static final IPAddress GLOBAL = network("2000::/3");

    private final boolean allowsHttp;
    private final List<IPAddress> allowed;

    private AddressGuard(boolean allowsHttp, List<IPAddress> allowed) {
        this.allowsHttp = allowsHttp;
        this.allowed = allowed;
    }

    /**
     * @param networks CIDRs with commas between them, or {@code none}
     * @throws IllegalArgumentException where one of them is no network
     */
    public static AddressGuard of(boolean allowsHttp, String networks) {
        if (networks.isBlank() || networks.trim().equals("none")) {
            return new AddressGuard(allowsHttp, List.of());
        }
        return new AddressGuard(
                allowsHttp,
                Arrays.stream(networks.split(",", -1))
                        .map(one -> network(one.trim()))
                        .toList());
    }

    /** Takes an address apart; a host that is an IP address is checked, a name is not looked up. */
    public Target target(String url) throws RefusedAddress {
        if (url.length() > LONGEST || !PLAIN.matcher(url).matches()) {
            throw new RefusedAddress("must be at most " + LONGEST + " characters of plain ASCII, without spaces; write"
                    + " an international name as xn--…");
        }
        URI uri = parsed(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals("https");
        if (!isTls && !(allowsHttp && scheme.equals("http"))) {
            throw new RefusedAddress(
                    allowsHttp
                            ? "must begin with https:// or http://"
                            : "must begin with https://; the operator's"
                                    + " setting pacer.webhooks.allow-http allows http://");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (authority.contains("@")) {
            throw new RefusedAddress("must hold no user and password: calls are signed instead");
        }
        if (uri.getRawFragment() != null) {
            throw new RefusedAddress("must hold no fragment (#…): nobody is told it");
        }
        if (uri.getHost() == null || authority.endsWith(":") || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new RefusedAddress(
                    "must name a host as name, 203.0.113.7 or [2001:db8::7], and a port from 1 to 65535" + " if any");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        IPAddress literal = literal(host);
        if (literal != null) {
            check(literal);
        } else if (host.length() > 253 || !NAME.matcher(host).matches()) {
            throw new RefusedAddress("must name its host plainly: letters, digits and hyphens between dots, none at the"
                    + " end, or an IP address in its usual form");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(
                isTls,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                literal,
                uri.getPort() == -1 ? isTls ? 443 : 80 : uri.getPort(),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /** Refuses an address that is not public, unless the operator's setting allows its network. */
    public void check(InetAddress address) throws RefusedAddress {
        byte[] bytes = address.getAddress();
        check(bytes.length == 4 ? new IPv4Address(bytes) : new IPv6Address(bytes));
    }

    void check(IPAddress address) throws RefusedAddress {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return;
        }
        for (Closed closed : CLOSED) {
            if (closed.network.contains(address)) {
                throw refused(closed.what);
            }
        }
        if (address.isIPv6() && !GLOBAL.contains(address)) {
            throw refused("reserved, local, multicast or IPv4 inside");
        }
    }

    private static RefusedAddress refused(String what) {
        return new RefusedAddress("leads to an address that is not public (" + what
                + "); the operator's setting pacer.webhooks.allowed-networks can allow its network");
    }

    /** The IP address that a host is; null where it is a name. One in an odd form is neither. */
    private static IPAddress literal(String host) throws RefusedAddress {
        if (host.startsWith("[")) {
            String inside = host.substring(1, host.length() - 1);
            IPAddress address = inside.matches("[0-9a-f:.]+") ? new IPAddressString(inside).getAddress() : null;
            if (address == null || !address.isIPv6() || address.isMultiple()) {
                throw new RefusedAddress("must write an IPv6 address plainly in its brackets, without a zone");
            }
            return address;
        }
        if (!IPV4.matcher(host).matches()) {
            return null;
        }
        IPAddress address = new IPAddressString(host).getAddress();
        if (address == null || address.isMultiple()) {
            throw new RefusedAddress("must write an IPv4 address as four numbers from 0 to 255");
        }
        return address;
    }

    private static URI parsed(String url) throws RefusedAddress {
        try {
            return new URI(url).parseServerAuthority();
        } catch (URISyntaxException broken) {
            throw new RefusedAddress("is no address such as https://hooks.example.org/pacer: its host, port or a"
                    + " character is not in the usual form");
        }
    }

    private static Closed closed(String cidr, String what) {
        return new Closed(network(cidr), what);
    }

    private static IPAddress network(String cidr) {
        IPAddress network =
                cidr.matches("[0-9a-fA-F:.]+(?:/[0-9]{1,3})?") ? new IPAddressString(cidr).getAddress() : null;
        if (network == null
                || !cidr.contains(":") && !IPV4.matcher(cidr.split("/")[0]).matches()) {
            throw new IllegalArgumentException(
                    "pacer.webhooks.allowed-networks holds something that is no network such as 10.20.0.0/16: " + cidr);
        }
        return network.toPrefixBlock();
    }
}
