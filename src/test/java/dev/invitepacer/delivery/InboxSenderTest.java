package dev.invitepacer.delivery;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

class InboxSenderTest extends SenderConformance {
    private final Sender inbox = new InboxSender();

    @Override
    protected Sender sender() {
        return inbox;
    }

    /** A list has everything that is put on it. */
    @Override
    protected boolean arrange(Receiver behaviour) {
        return behaviour == Receiver.TAKES;
    }

    @Override
    protected Set<Receiver> beyond() {
        return EnumSet.complementOf(EnumSet.of(Receiver.TAKES));
    }

    @Override
    protected int calls() {
        return 0;
    }

    @Override
    protected Duration limit() {
        return Duration.ofSeconds(1);
    }
}
