package dev.invitepacer.faults.history;

import java.util.function.Consumer;

/** Looks at a whole history and says what must not be. */
interface HistoryChecker {
    void check(History history, Consumer<String> finding);
}
