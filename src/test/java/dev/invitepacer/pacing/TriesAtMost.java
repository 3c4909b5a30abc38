package dev.invitepacer.pacing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** With {@code -Dlaws.tries=n}, a law tries its first n samples only: for runs of all of them once per changed line. */
public final class TriesAtMost implements AroundTryHook {
    private static final int LIMIT = Integer.getInteger("laws.tries", Integer.MAX_VALUE);

    /** Whether every sample is tried, so that what they are together can be judged. */
    static boolean isEverySampleTried() {
        return LIMIT == Integer.MAX_VALUE;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor law, List<Object> sample) {
        Store<AtomicInteger> tries = Store.getOrCreate(TriesAtMost.class, Lifespan.PROPERTY, AtomicInteger::new);
        return tries.get().incrementAndGet() > LIMIT ? TryExecutionResult.satisfied() : law.execute(sample);
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
