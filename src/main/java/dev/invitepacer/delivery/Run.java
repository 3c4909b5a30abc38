package dev.invitepacer.delivery;

import java.util.UUID;

import dev.invitepacer.account.Channel;

/** One try to hand a task over, claimed by this process. Whoever ends it must still hold its token. */
record Run(UUID token, Channel channel, String lane, HandOver work) {
    long task() {
        return work.task();
    }
}
