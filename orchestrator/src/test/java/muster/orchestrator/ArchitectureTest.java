package muster.orchestrator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house. A rule that matches no class fails, so that no wall stands where no room is. */
@AnalyzeClasses(packages = "muster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule imagesKnowNothingOfTheOthers = noClasses()
            .that()
            .resideInAPackage("muster.images..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("muster.testsuites..", "muster.reports..", "muster.orchestrator..");

    @ArchTest
    static final ArchRule testsuitesKnowNothingOfTheOthers = noClasses()
            .that()
            .resideInAPackage("muster.testsuites..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("muster.images..", "muster.reports..", "muster.orchestrator..");

    @ArchTest
    static final ArchRule reportsKnowTestsuitesAlone = noClasses()
            .that()
            .resideInAPackage("muster.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("muster.images..", "muster.orchestrator..");

    @ArchTest
    static final ArchRule configurationKnowsNothingOfWhoUsesIt = noClasses()
            .that()
            .resideInAPackage("muster.orchestrator.config..")
            .should()
            .dependOnClassesThat(resideInAPackage("muster.orchestrator..")
                    .and(DescribedPredicate.not(resideInAPackage("muster.orchestrator.config.."))));

    @ArchTest
    static final ArchRule aMatrixKnowsConfigurationAlone = noClasses()
            .that()
            .resideInAPackage("muster.orchestrator.matrix..")
            .should()
            .dependOnClassesThat(resideInAPackage("muster.orchestrator..")
                    .and(DescribedPredicate.not(
                            resideInAnyPackage("muster.orchestrator.config..", "muster.orchestrator.matrix.."))));

    @ArchTest
    static final ArchRule yamlIsReadInConfigAlone = only("muster.orchestrator.config..", "org.snakeyaml..");

    @ArchTest
    static final ArchRule schemasAreCheckedInConfigAlone = only("muster.orchestrator.config..", "com.networknt..");

    @ArchTest
    static final ArchRule sshIsSpokenInSshAlone = only("muster.orchestrator.ssh..", "com.jcraft.jsch..");

    @ArchTest
    static final ArchRule guestsArePlayedWhereManyOfThemAreMeasuredAlone =
            only("muster.orchestrator.bench.cells..", "org.apache.sshd..");

    @ArchTest
    static final ArchRule theWebIsServedInWebAlone = only("muster.orchestrator.web..", "io.javalin..");

    @ArchTest
    static final ArchRule theCommandLineIsReadInCliAlone = only("muster.orchestrator.cli..", "picocli..");

    @ArchTest
    static final ArchRule timesAreToldInScheduleAlone = only("muster.orchestrator.schedule..", "org.quartz..");

    @ArchTest
    static final ArchRule metricsAreMadeInMetricsAlone =
            only("muster.orchestrator.metrics..", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule mailIsSentInNotifyAlone = only("muster.orchestrator.notify..", "jakarta.mail..");

    @ArchTest
    static final ArchRule terminalsAreDrawnOnInCliAlone = only("muster.orchestrator.cli..", "org.jline..");

    @ArchTest
    static final ArchRule templatesAreFilledInReportsAlone = only("muster.reports..", "freemarker..");

    @ArchTest
    static final ArchRule sqlIsSpokenInReportsAlone = only(
            "muster.reports..",
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "org.h2..",
            "org.flywaydb..",
            "com.zaxxer..",
            "org.postgresql..");

    /** Whoever uses a library lives in its room; fails when nobody uses it. */
    private static ArchRule only(String room, String... libraries) {
        DescribedPredicate<JavaClass> usesIt = DescribedPredicate.describe(
                "use " + String.join(" or ", libraries),
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> resideInAnyPackage(libraries).test(dependency.getTargetClass())));
        return classes().that(usesIt).should().resideInAPackage(room);
    }
}
