package dev.invitepacer.webhook;

import inet.ipaddr.IPAddress;

/**
 * An address to call, taken apart.
 *
 * @param host a name in lower case, or an IP address without brackets
 * @param literal the host where it is an IP address; null where it is a name
 * @param path with the query, as it is written
 */
public record Target(boolean isTls, String host, IPAddress literal, int port, String path) {
    /** What the Host header says. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (isTls ? 443 : 80) ? name : name + ":" + port;
    }
}
