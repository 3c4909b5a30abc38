package dev.invitepacer.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up a host's addresses. */
public interface Resolver {
    /** All of them, in the order in which they are to be tried; never empty. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
