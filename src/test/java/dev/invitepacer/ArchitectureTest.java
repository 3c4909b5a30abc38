package dev.invitepacer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.quarkus.scheduler.Scheduled;
import java.util.Random;

import dev.invitepacer.web.Tick;

/** Which room may know which: the table of docs/explanation/architecture.md. */
@AnalyzeClasses(packages = "dev.invitepacer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ROOMS_KNOW_ONLY_WHAT_THEY_MAY = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("pacing")
            .definedBy("dev.invitepacer.pacing..")
            .layer("config")
            .definedBy("dev.invitepacer.config..")
            .layer("web")
            .definedBy("dev.invitepacer.web..")
            .layer("time")
            .definedBy("dev.invitepacer.time..")
            .layer("journal")
            .definedBy("dev.invitepacer.journal..")
            .layer("account")
            .definedBy("dev.invitepacer.account..")
            .layer("security")
            .definedBy("dev.invitepacer.security..")
            .layer("invitation")
            .definedBy("dev.invitepacer.invitation..")
            .layer("webhook")
            .definedBy("dev.invitepacer.webhook..")
            .layer("delivery")
            .definedBy("dev.invitepacer.delivery..")
            .layer("release")
            .definedBy("dev.invitepacer.release..")
            .layer("report")
            .definedBy("dev.invitepacer.report..")
            .layer("withdrawal")
            .definedBy("dev.invitepacer.withdrawal..")
            .layer("people")
            .definedBy("dev.invitepacer.people..")
            .layer("insight")
            .definedBy("dev.invitepacer.insight..")
            .layer("events")
            .definedBy("dev.invitepacer.events..")
            .layer("operations")
            .definedBy("dev.invitepacer.operations..")
            .whereLayer("pacing")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayNotAccessAnyLayer()
            .whereLayer("web")
            .mayOnlyAccessLayers("config")
            .whereLayer("time")
            .mayOnlyAccessLayers("config")
            .whereLayer("journal")
            .mayOnlyAccessLayers("time")
            .whereLayer("account")
            .mayOnlyAccessLayers("pacing", "journal", "time", "web", "config")
            .whereLayer("security")
            .mayOnlyAccessLayers("account", "time", "web", "config")
            .whereLayer("invitation")
            .mayOnlyAccessLayers("account", "journal", "time", "web", "config")
            .whereLayer("webhook")
            .mayOnlyAccessLayers("account", "journal", "time", "web", "config")
            .whereLayer("delivery")
            .mayOnlyAccessLayers("webhook", "invitation", "account", "journal", "time", "web", "config")
            .whereLayer("release")
            .mayOnlyAccessLayers("account", "invitation", "pacing", "delivery", "journal", "time", "web", "config")
            .whereLayer("report")
            .mayOnlyAccessLayers("invitation", "account", "delivery", "journal", "time", "web", "config")
            .whereLayer("withdrawal")
            .mayOnlyAccessLayers("invitation", "account", "delivery", "pacing", "journal", "time", "web", "config")
            .whereLayer("people")
            .mayOnlyAccessLayers("invitation", "account", "delivery", "journal", "time", "web", "config")
            .whereLayer("insight")
            .mayOnlyAccessLayers(
                    "release",
                    "report",
                    "invitation",
                    "account",
                    "delivery",
                    "pacing",
                    "journal",
                    "time",
                    "web",
                    "config")
            .whereLayer("events")
            .mayOnlyAccessLayers("account", "webhook", "delivery", "journal", "time", "web", "config")
            .whereLayer("operations")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_ROOMS_KNOW_EACH_OTHER =
            slices().matching("dev.invitepacer.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACING_IS_PURE = classes()
            .that()
            .resideInAPackage("dev.invitepacer.pacing..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.invitepacer.pacing..", "java.lang..", "java.time..", "java.util..", "java.math..");

    @ArchTest
    static final ArchRule NOBODY_DECIDES_BY_THE_CLOCK_OF_THE_JVM = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.invitepacer.pacing..",
                    "dev.invitepacer.account..",
                    "dev.invitepacer.invitation..",
                    "dev.invitepacer.report..",
                    "dev.invitepacer.webhook..",
                    "dev.invitepacer.delivery..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now");

    /** Or a stop takes its database from it in the midst of a round. */
    @ArchTest
    static final ArchRule A_STOP_WAITS_FOR_EVERY_LOOP =
            methods().that().areAnnotatedWith(Scheduled.class).should().beAnnotatedWith(Tick.class);

    /** What is made while a native executable is built is the same at every start of it: randomness would be no secret. */
    @ArchTest
    static final ArchRule NO_RANDOMNESS_IS_BUILT_IN =
            noFields().that().areStatic().should().haveRawType(assignableTo(Random.class));
}
