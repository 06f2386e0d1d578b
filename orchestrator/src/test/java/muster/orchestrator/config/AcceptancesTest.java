package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import muster.reports.Waiver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of waivers and expectations, and the messages that a person can provoke with them. */
class AcceptancesTest {

    private static final String WAIVER = """
            waivers:
              - cases: sigaction/*
                suite: posix
                distributions: [debian-11, "debian-s*"]
                kind: minor-fault
                reason: mended upstream
                owner: Ada
                since: 2026-01-31
                expires: 2027-01-31
            """;
    private static final String EXPECTATION = """
            expectations:
              - { cases: ls, suite: commands, distributions: [debian-12], reason: it has none }
            """;

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
    }

    @Test
    void filesOfTheProgramAndOfTheHomeAreRead() throws Exception {
        test.write("program/config/waivers/w.yaml", WAIVER);
        test.write("home/expectations/e.yaml", EXPECTATION);
        Acceptances read = Acceptances.read(test.installation());
        Waiver waiver = read.byFile().get("config/waivers/w.yaml").getFirst();
        assertThat(waiver.kind()).isEqualTo(Waiver.Kind.MINOR_FAULT);
        assertThat(waiver.scope().where()).isEqualTo("posix on debian-11, debian-s*");
        assertThat(waiver.expires()).isEqualTo("2027-01-31");
        assertThat(read.expectations())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.place()).hasToString(test.home.resolve("expectations/e.yaml") + ":2:14"));
    }

    @Test
    void unknownWordsAreToldWithTheNearest() throws IOException {
        assertThat(errorOf(WAIVER.replace("posix", "posi").replace("minor-fault", "minor-falt")))
                .isEqualTo(
                        "w.yaml:5:11: bad value 'minor-falt' for 'kind': expected one of suite-deficiency,"
                                + " permanent-interpretation, temporary-interpretation, minor-fault; did you mean 'minor-fault'?");
        assertThat(errorOf(WAIVER.replace("posix", "posi")))
                .isEqualTo("w.yaml:3:12: unknown suite 'posi': expected one of commands, posix; did you mean 'posix'?");
        assertThat(errorOf(WAIVER.replace("debian-11", "debian-1")))
                .startsWith("w.yaml:4:21: unknown distribution 'debian-1': expected one of debian-11, debian-12");
        assertThat(errorOf(WAIVER.replace("owner", "owned")))
                .contains("w.yaml:7:5: unknown key 'owned'", "did you mean 'owner'?");
    }

    @Test
    void aWaiverHoldsTwelveMonthsAtMost() throws IOException {
        assertThat(errorOf(WAIVER.replace("2027-01-31", "2027-02-01")))
                .startsWith("w.yaml:9:5: it expires on 2027-02-01: a waiver that begins on 2026-01-31 expires by"
                        + " 2027-01-31: expected a day within 12 months");
        assertThat(errorOf(WAIVER.replace("    expires: 2027-01-31\n", "")))
                .contains("a waiver of kind minor-fault has a day on which it expires");
        assertThat(errorOf(WAIVER.replace("2027-01-31", "2026-02-30")))
                .isEqualTo("w.yaml:9:14: there is no day '2026-02-30': expected a day as year-month-day");
    }

    @Test
    void aPatternThatMatchesNoCaseIsAMistake() throws Exception {
        test.write("program/config/waivers/w.yaml", WAIVER);
        test.write("program/config/expectations/e.yaml", EXPECTATION);
        Acceptances read = Acceptances.read(test.installation());
        TreeSet<String> names = new TreeSet<>(List.of("sigation/1", "sigwait/1"));
        assertThat(read.unmatched(suite -> suite.equals("posix") ? names : new TreeSet<>()))
                .extracting(ConfigProblem::toString)
                .containsExactly("config/waivers/w.yaml:2:12: 'sigaction/*' matches no case of posix: expected the name"
                        + " of one of its 2 known cases, in which * stands for any characters;"
                        + " did you mean 'sigation/1'?");
        names.add("sigaction/1");
        assertThat(read.unmatched(suite -> suite.equals("posix") ? names : new TreeSet<>()))
                .isEmpty();
    }

    private String errorOf(String yaml) throws IOException {
        test.write("program/config/waivers/w.yaml", yaml);
        ConfigError error = catchThrowableOfType(ConfigError.class, () -> Acceptances.read(test.installation()));
        assertThat(error).as("an error in %s", yaml).isNotNull();
        return error.getMessage().replace("config/waivers/", "");
    }
}
