package dev.invitepacer.web;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands beside every {@code @Scheduled}: a stop waits for such a method, none begins after it, and a database that is away or
 * busy is a warning in the log rather than an error, because the next tick does the work.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Tick {
    /** What is left undone where the database is in trouble: the sentence that the log begins with. */
    @Nonbinding
    String value() default "";
}
