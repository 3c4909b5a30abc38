package dev.invitepacer.faults;

/** Asks the service, and goes on asking the same until it gives an answer that is more than "not now". */
interface Asker {
    Door.Answer insist(String method, String path, String type, String body) throws InterruptedException;

    default Door.Answer insist(String method, String path, String body) throws InterruptedException {
        return insist(method, path, "application/json", body);
    }
}
