package dev.invitepacer.security;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Stands in for a class of the problem library, in the native executable alone. That class (3.21.0) reads a field which
 * Quarkus' {@code ChallengeData} no longer has (3.33.2); the native compiler refuses what cannot be linked, though nothing
 * here comes to call it: the doors throw problems themselves. The answer is the one that they give. To be dropped with the
 * first version of the library that compiles without it.
 */
@TargetClass(className = "io.quarkiverse.resteasy.problem.security.HttpUnauthorizedUtils")
final class ChallengeInNative {
    private ChallengeInNative() {}

    @Substitute
    static Uni<HttpProblem> toProblem(RoutingContext context, Exception refused) {
        return Uni.createFrom().item(Refused.nothingShown());
    }
}
