package dev.invitepacer.delivery;

import dev.invitepacer.account.Channel;

/**
 * A channel: how tasks reach whoever acts on them. Implementations hold no state of a task, may be called by many threads
 * at once, and by several processes.
 */
public interface Sender {
    /** Which accounts' tasks it hands over. */
    Channel channel();

    /**
     * Hands a task over, and comes back within the channel's own time limit. It is called without a transaction and without
     * a connection, after the lease was committed. The same task may come again, as another try: with the same
     * {@link HandOver#task()} and {@link HandOver#attempt()}.
     *
     * @return what is known of it; never null. Whatever may have happened and was not confirmed is {@link Outcome.InDoubt};
     *     an exception is taken as that, too
     */
    Outcome handOver(HandOver work);

    /**
     * Whether what may have happened can simply be asked for again: whoever receives it knows a task by its id and attempt,
     * and acts on it once. Then what is in doubt is tried again; else only a report or a person settles it.
     */
    default boolean mayBeAskedAgain() {
        return false;
    }
}
