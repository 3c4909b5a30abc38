package dev.invitepacer.webhook;

/** The guard refuses an address; the message says why, in a sentence for whoever wrote it. */
public final class RefusedAddress extends Exception {
    RefusedAddress(String why) {
        super(why);
    }
}
