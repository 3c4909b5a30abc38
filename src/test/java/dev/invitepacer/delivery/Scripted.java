package dev.invitepacer.delivery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.invitepacer.account.Channel;

/** A sender that does what the test says, and remembers what it was given. */
final class Scripted implements Sender {
    private final Channel channel;
    private final boolean mayBeAskedAgain;
    private final List<HandOver> seen = new CopyOnWriteArrayList<>();
    private volatile Function<HandOver, Outcome> script = work -> new Outcome.Taken();

    Scripted(Channel channel, boolean mayBeAskedAgain) {
        this.channel = channel;
        this.mayBeAskedAgain = mayBeAskedAgain;
    }

    void does(Function<HandOver, Outcome> what) {
        script = what;
    }

    List<HandOver> seen() {
        return seen;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public boolean mayBeAskedAgain() {
        return mayBeAskedAgain;
    }

    @Override
    public Outcome handOver(HandOver work) {
        seen.add(work);
        return script.apply(work);
    }
}
