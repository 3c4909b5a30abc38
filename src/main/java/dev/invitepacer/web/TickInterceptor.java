package dev.invitepacer.web;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jboss.logging.Logger;

/** Does what {@link Tick} promises. */
@Tick
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class TickInterceptor {
    private final Ticks ticks;

    TickInterceptor(Ticks ticks) {
        this.ticks = ticks;
    }

    @AroundInvoke
    Object around(InvocationContext tick) throws Exception {
        if (!ticks.begin()) {
            return null;
        }
        try {
            return tick.proceed();
        } catch (RuntimeException failure) {
            tell(tick, failure);
            return null;
        } finally {
            ticks.end();
        }
    }

    private void tell(InvocationContext tick, RuntimeException failure) {
        Logger log = Logger.getLogger(tick.getMethod().getDeclaringClass());
        if (ticks.isStopping()) {
            log.infof("The stop came in the midst of a round: %s", DatabaseTrouble.sentence(failure));
            return;
        }
        if (DatabaseTrouble.in(failure).isEmpty()) {
            throw failure;
        }
        String undone = tick.getInterceptorBinding(Tick.class).value();
        log.warnf("%s, the database is in trouble: %s", undone, DatabaseTrouble.sentence(failure));
    }
}
