package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole text of every message that a person can provoke with a file. */
class ConfigErrorsTest {

    private static final String GOOD = """
            matrix: nightly
            distributions: [debian-11, debian-12]
            suites:
              commands: {}
            """;

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
    }

    private String errorOf(String yaml, String... settings) {
        ConfigError error = catchThrowableOfType(ConfigError.class, () -> test.matrix(yaml, settings));
        assertThat(error).as("an error in %s", yaml).isNotNull();
        return error.getMessage().replace("config/matrices/m.yaml", "m");
    }

    private String farmErrorOf(String yaml) throws IOException {
        test.write("home/farm.yaml", yaml);
        ConfigError error = catchThrowableOfType(
                ConfigError.class, () -> test.installation().farm());
        assertThat(error).as("an error in %s", yaml).isNotNull();
        return error.getMessage().replace(test.home + "/", "HOME/");
    }

    private String recipeErrorOf(String yaml) throws IOException {
        test.write("home/recipes/mine.yaml", yaml);
        ConfigError error = catchThrowableOfType(
                ConfigError.class, () -> test.installation().recipe("mine"));
        assertThat(error).as("an error in %s", yaml).isNotNull();
        return error.getMessage().replace(test.home + "/", "HOME/");
    }

    private String suiteErrorOf(String yaml) throws IOException {
        test.write("home/suites/mine/suite.yaml", yaml);
        ConfigError error = catchThrowableOfType(
                ConfigError.class, () -> test.installation().suite("mine"));
        assertThat(error).as("an error in %s", yaml).isNotNull();
        return error.getMessage().replace(test.home + "/suites/", "");
    }

    @Test
    void unknownKeyAtTheTop() {
        assertThat(errorOf(GOOD + "distribution: [debian-12]\n"))
                .isEqualTo(
                        "m:5:1: unknown key 'distribution': expected one of matrix, description, distributions, suites,"
                                + " exclude, drivers, guest, limits, schedule, notify, confirm, strict; did you mean 'distributions'?");
    }

    @Test
    void aSuiteThatCannotBeSplitHasNoShards() {
        assertThat(errorOf(GOOD.replace("commands: {}", "commands: { shards: 4 }")))
                .endsWith("the suite commands cannot be split into shards: expected no shards, or a suite that says"
                        + " shardable: true");
        assertThat(errorOf(GOOD.replace("commands: {}", "posix: { shards: 0 }")))
                .contains("expected a whole number of guests from 1 to 100");
    }

    @Test
    void aSuiteThatCannotListItsCasesCannotBeSplit() throws IOException {
        test.script("home/suites/mine/run");
        assertThat(suiteErrorOf("""
                        suite: mine
                        description: mine
                        format: tet
                        commands: { run: run }
                        shardable: true
                        """))
                .startsWith(
                        "mine/suite.yaml:5:1: a suite that has no command list cannot be split into shards: expected");
    }

    @Test
    void onlyChannelsOfTheFarmAreTold() throws IOException {
        test.write("home/farm.yaml", "notify: { channels: { team: { command: [tell] } } }\n");
        assertThat(errorOf(GOOD + "notify: [tem]\n"))
                .isEqualTo("m:5:10: unknown channel of farm.yaml 'tem': expected team; did you mean 'team'?");
    }

    @Test
    void aScheduleSaysWhenAndWhere() {
        assertThat(errorOf(GOOD + "schedule: { zone: Europe/Berlin }\n"))
                .startsWith("m:5:11: missing key 'cron': expected seconds, minutes, hours, ");
        assertThat(errorOf(GOOD + "schedule: { cron: \"0 30 1 * * ?\", zone: Europe/Berln }\n"))
                .isEqualTo("m:5:41: unknown time zone 'Europe/Berln': expected farm, or a name such as Europe/Berlin;"
                        + " did you mean 'Europe/Berlin'?");
        assertThat(errorOf(GOOD + "schedule: { cron: \"0 30 1 * * ?\", missed: skp }\n"))
                .isEqualTo(
                        "m:5:43: bad value 'skp' for 'missed': expected one of run-once, skip; did you mean 'skip'?");
    }

    @Test
    void aNetworkHasOneOfThreeNames() {
        assertThat(errorOf(GOOD + "guest: { network: miror }\n"))
                .isEqualTo(
                        "m:5:19: bad value 'miror' for 'network': expected one of none, mirror, internet; did you mean 'mirror'?");
    }

    @Test
    void unknownKeyInEverySection() {
        assertThat(errorOf(GOOD + "limits: { boots: 5m }\n"))
                .isEqualTo(
                        "m:5:11: unknown key 'boots': expected one of boot, suite, silence, retries; did you mean 'boot'?");
        assertThat(errorOf(GOOD + "guest:\n  ram: 1G\n"))
                .isEqualTo("m:6:3: unknown key 'ram': expected one of memory, cpus, driver, network");
        assertThat(errorOf(GOOD.replace("{}", "{ variant: [default] }")))
                .isEqualTo("m:4:15: unknown key 'variant': expected one of variants, shards, limits, memory, network;"
                        + " did you mean 'variants'?");
        assertThat(errorOf(GOOD.replace("{}", "{ limits: { slience: 1m } }")))
                .isEqualTo(
                        "m:4:25: unknown key 'slience': expected one of boot, suite, silence, retries; did you mean 'silence'?");
        assertThat(errorOf(GOOD + "exclude:\n  - { distro: debian-11, reason: old }\n"))
                .isEqualTo("m:6:7: unknown key 'distro': expected one of distribution, suite, driver, reason");
    }

    @Test
    void valuesOfTheWrongKind() {
        assertThat(errorOf(GOOD + "limits: { boot: 5 minutes }\n"))
                .isEqualTo("m:5:17: bad value '5 minutes' for 'boot': expected a duration, such as 90s, 5m or 1h30m");
        assertThat(errorOf(GOOD + "limits: { boot: 300 }\n"))
                .isEqualTo("m:5:17: bad value '300' for 'boot': expected a duration, such as 90s, 5m or 1h30m");
        assertThat(errorOf(GOOD + "guest: { memory: 512MB }\n"))
                .isEqualTo(
                        "m:5:18: bad value '512MB' for 'memory': expected a size in binary units, such as 512M or 3G");
        assertThat(errorOf(GOOD + "guest: { cpus: 0 }\n"))
                .isEqualTo("m:5:16: bad value '0' for 'cpus': expected a whole number of processors from 1 to 256");
        assertThat(errorOf(GOOD + "guest: { cpus: two }\n"))
                .isEqualTo("m:5:16: bad value 'two' for 'cpus': expected a whole number of processors from 1 to 256");
        assertThat(errorOf(GOOD + "guest: { driver: uml }\n"))
                .isEqualTo("m:5:18: bad value 'uml' for 'driver': expected a list of drivers, such as [uml]");
        assertThat(errorOf(GOOD + "guest: { driver: [] }\n"))
                .isEqualTo("m:5:18: an empty list for 'driver': expected a list of drivers, such as [uml]");
        assertThat(errorOf(GOOD.replace("[debian-11, debian-12]", "debian-11")))
                .isEqualTo("m:2:16: bad value 'debian-11' for 'distributions': expected a list of distributions,"
                        + " such as [debian-12, debian-13]");
        assertThat(errorOf(GOOD.replace("[debian-11, debian-12]", "[]")))
                .isEqualTo("m:2:16: an empty list for 'distributions': expected a list of distributions,"
                        + " such as [debian-12, debian-13]");
        assertThat(errorOf(GOOD.replace("  commands: {}", "  - commands")))
                .isEqualTo(
                        "m:4:3: a list for 'suites': expected a mapping of suites to what is special about them here,"
                                + " such as { commands: {} }");
        assertThat(errorOf(GOOD.replace("{}", "")))
                .isEqualTo("m:4:12: no value for 'commands': expected what is special about the suite here,"
                        + " such as {} or { variants: [quick] }");
        assertThat(errorOf(GOOD.replace("nightly", "every night")))
                .isEqualTo("m:1:9: bad value 'every night' for 'matrix': expected a name of letters, digits and . _ + -"
                        + " that begins with a letter or digit");
    }

    @Test
    void missingKeys() {
        assertThat(errorOf("matrix: nightly\n")).isEqualTo("""
                        m:1:1: missing key 'distributions': expected the distributions that are tested, each by the name of its recipe
                        m:1:1: missing key 'suites': expected the suites that are run, each by its name; {} where nothing is special about it here""");
    }

    @Test
    void everyMistakeIsReportedAtOnceInTheOrderOfTheFile() {
        assertThat(errorOf("""
                matrix: nightly
                colour: red
                distributions: [debian-11, debian-11]
                suites:
                  commands: { limits: { suite: 0s } }
                guest:
                  cpus: 1.5
                """).lines())
                .containsExactly(
                        "m:2:1: unknown key 'colour': expected one of matrix, description, distributions, suites, exclude,"
                                + " drivers, guest, limits, schedule, notify, confirm, strict",
                        "m:3:28: 'debian-11' stands here twice: expected it once",
                        "m:5:32: bad value '0s' for 'suite': expected a duration, such as 90s, 5m or 1h30m",
                        "m:7:9: bad value '1.5' for 'cpus': expected a whole number of processors from 1 to 256");
    }

    @Test
    void unknownDistributionSuiteVariantAndDriver() {
        assertThat(errorOf(GOOD.replace("debian-12", "debain-12")))
                .isEqualTo("m:2:28: unknown distribution 'debain-12': expected one of debian-11, debian-12, debian-sid;"
                        + " did you mean 'debian-12'?");
        assertThat(errorOf(GOOD.replace("commands", "comands")))
                .isEqualTo("m:4:3: unknown suite 'comands': expected one of commands, posix; did you mean 'commands'?");
        assertThat(errorOf(GOOD + "  posix: { variants: [quick, fulll] }\n"))
                .isEqualTo(
                        "m:5:30: unknown variant of posix 'fulll': expected one of quick, full; did you mean 'full'?");
        assertThat(errorOf(GOOD + "guest: { driver: [ulm] }\n"))
                .isEqualTo("m:5:19: unknown driver 'ulm': expected one of uml, qemu; did you mean 'uml'?");
    }

    @Test
    void aDistributionThatNoPreferredDriverCanRun() {
        assertThat(errorOf(GOOD.replace(", debian-12", "") + "guest: { driver: [qemu] }\n"))
                .isEqualTo(
                        "m:2:17: no driver for 'debian-11' among qemu: expected a driver that its recipe names: uml");
    }

    @Test
    void exclusionsWithoutEffect() {
        String exclude = GOOD + "  posix: { variants: [quick] }\nexclude:\n  - ";
        assertThat(errorOf(exclude + "{ distribution: debian-11, driver: qemu, reason: old }\n"))
                .isEqualTo("m:7:5: this exclusion excludes nothing: expected an exclusion of a cell of this matrix");
        assertThat(errorOf(exclude + "{ distribution: debian-sid, reason: old }\n"))
                .isEqualTo(
                        "m:7:21: unknown distribution of this matrix 'debian-sid': expected one of debian-11, debian-12; did you mean 'debian-11'?");
        assertThat(errorOf(exclude + "{ suite: posix:full, reason: old }\n"))
                .isEqualTo("m:7:14: unknown variant of posix 'full': expected quick");
        assertThat(errorOf(exclude + "{ suite: posit, reason: old }\n"))
                .isEqualTo("m:7:14: unknown suite of this matrix 'posit': expected one of commands, posix;"
                        + " did you mean 'posix'?");
        assertThat(errorOf(exclude + "{ driver: lxc, reason: old }\n"))
                .isEqualTo("m:7:15: unknown driver 'lxc': expected one of uml, qemu");
    }

    @Test
    void exclusionsWithoutReason() {
        assertThat(errorOf(GOOD + "exclude:\n  - { distribution: debian-11 }\n"))
                .isEqualTo("m:6:5: missing key 'reason': expected why");
    }

    @Test
    void exclusionsThatLeaveNoCell() {
        assertThat(errorOf(GOOD + "exclude:\n  - { suite: commands, reason: all of it }\n"))
                .isEqualTo("m:5:1: every cell is excluded: expected at least one that is left");
    }

    @Test
    void missingFilesNameTheNeighbour() throws IOException {
        test.write("program/config/matrices/nightly.yaml", GOOD);
        Path missing = test.root.resolve("config/matrices/nightli.yaml");
        ConfigError error = catchThrowableOfType(
                ConfigError.class, () -> MatrixFile.read(test.installation(), missing, new java.util.TreeMap<>()));
        assertThat(error)
                .hasMessage("config/matrices/nightli.yaml: cannot read the matrix: there is no such file;"
                        + " did you mean 'config/matrices/nightly.yaml'?");
        ConfigError folder = catchThrowableOfType(
                ConfigError.class, () -> MatrixFile.read(test.installation(), test.root, new java.util.TreeMap<>()));
        assertThat(folder).hasMessage(test.root + ": cannot read the matrix: it is no file");
    }

    @Test
    void grammar() {
        assertThat(errorOf("matrix: nightly\nsuites:\n\tcommands: {}\n"))
                .isEqualTo("m:3:1: cannot read this as YAML: a tab stands here, and only spaces can indent");
        assertThat(errorOf("matrix: [nightly\nsuites: x\n"))
                .isEqualTo("m:2:7: cannot read this as YAML: expected ',' or ']', but got :");
        assertThat(errorOf("matrix: \"nightly\n"))
                .isEqualTo("m:2:1: cannot read this as YAML: found unexpected end of stream");
        assertThat(errorOf(GOOD + "matrix: again\n"))
                .isEqualTo("m:5:1: the key 'matrix' stands here twice: expected it once; the first is in line 1");
        assertThat(errorOf(GOOD + "---\nmatrix: second\n"))
                .isEqualTo("m:5:1: a second document begins here: expected one document in a file");
        assertThat(errorOf(GOOD + "? [a, b]\n: c\n"))
                .isEqualTo("m:5:3: a list or mapping cannot be a key: expected a word");
        assertThat(errorOf("just words\n"))
                .isEqualTo(
                        "m:1:1: there are no keys here: expected keys and values: matrix, description, distributions,"
                                + " suites, exclude, drivers, guest, limits, schedule, notify, confirm, strict");
    }

    @Test
    void emptyFiles() {
        String expected = "m:1:1: the file is empty: expected the keys matrix, distributions, suites";
        assertThat(errorOf("")).isEqualTo(expected);
        assertThat(errorOf("# nothing but words\n")).isEqualTo(expected);
        assertThat(errorOf("---\n")).isEqualTo(expected);
    }

    @Test
    void tagsAnchorsAndAliasesAreNotRead() {
        assertThat(errorOf("matrix: !!java.net.URL nightly\n"))
                .isEqualTo("m:1:9: the tag 'tag:yaml.org,2002:java.net.URL' stands here: expected the value alone:"
                        + " tags are not read");
        assertThat(errorOf("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n").lines())
                .containsExactly(
                        "m:1:4: an anchor stands here: expected the value alone: aliases are not read",
                        "m:2:4: an anchor stands here: expected the value alone: aliases are not read",
                        "m:2:8: an alias stands here: expected the value itself, written out",
                        "m:2:12: an alias stands here: expected the value itself, written out",
                        "m:3:5: an alias stands here: expected the value itself, written out",
                        "m:3:9: an alias stands here: expected the value itself, written out");
    }

    @Test
    void tooBigOrTooDeep() {
        assertThat(errorOf("#".repeat(10 << 20))).isEqualTo("m: the file is too big: expected at most 1M");
        assertThat(errorOf("a: " + "[".repeat(500_000)))
                .isEqualTo("m:1:35: too many levels of lists and mappings: expected at most 32");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        Path file = test.write("program/config/matrices/m.yaml", "");
        Files.write(file, "matrix: n\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(
                        ConfigError.class, () -> MatrixFile.read(test.installation(), file, new java.util.TreeMap<>())))
                .hasMessage("config/matrices/m.yaml:2:10: bytes that are not UTF-8: expected text in UTF-8");
        assertThat(errorOf("matrix: a\u0007b\n"))
                .isEqualTo("m: cannot read this as YAML: the character U+0007 at offset 9 may not stand in it");
    }

    @Test
    void messagesObeyNoTerminalEscapes() {
        assertThat(errorOf(GOOD + "\"\\e[31mred\": 1\n")).startsWith("m:5:1: unknown key '?[31mred': expected");
    }

    @Test
    void settings() {
        assertThat(errorOf(GOOD, "limit.suite=10s"))
                .isEqualTo(
                        "--set limit.suite=10s: unknown key 'limit': expected one of matrix, description, distributions,"
                                + " suites, exclude, drivers, guest, limits, schedule, notify, confirm, strict; did you mean 'limits'?");
        assertThat(errorOf(GOOD, "limits.suite=10"))
                .isEqualTo("--set limits.suite=10: bad value '10' for 'suite': expected a duration,"
                        + " such as 90s, 5m or 1h30m");
        assertThat(errorOf(GOOD, "limits.suite="))
                .isEqualTo("--set limits.suite=: no value for 'suite': expected a duration, such as 90s, 5m or 1h30m");
        assertThat(errorOf(GOOD, "distributions.0=debian-11"))
                .isEqualTo(
                        "--set distributions.0=debian-11: there is nothing to set within 'distributions': it holds no"
                                + " keys: expected the whole value, as in --set distributions=...");
        assertThat(errorOf(GOOD, "distributions=[debian-99]"))
                .isEqualTo(
                        "--set distributions=[debian-99]: unknown distribution 'debian-99': expected one of debian-11,"
                                + " debian-12, debian-sid; did you mean 'debian-11'?");
        assertThat(errorOf(GOOD, "guest.driver=[uml"))
                .startsWith("--set guest.driver=[uml:1:5: cannot read this as YAML: ");
    }

    @Test
    void farm() throws IOException {
        assertThat(farmErrorOf("guest:\n  memroy: 1G\n"))
                .isEqualTo("HOME/farm.yaml:2:3: unknown key 'memroy': expected one of memory, cpus, driver;"
                        + " did you mean 'memory'?");
        assertThat(farmErrorOf("memory: lots\n"))
                .isEqualTo(
                        "HOME/farm.yaml:1:9: bad value 'lots' for 'memory': expected auto, or a size in binary units,"
                                + " such as auto or 6G");
        assertThat(farmErrorOf("cpus: many\n"))
                .isEqualTo(
                        "HOME/farm.yaml:1:7: bad value 'many' for 'cpus': expected auto, or a number of processors over"
                                + " 0, to 256, such as auto or 4");
        assertThat(farmErrorOf("mirrors: { debian: \"http://mirror.example.org/debian\" }\n"))
                .isEqualTo("HOME/farm.yaml:1:12: bad key 'debian': expected an address,"
                        + " such as http://deb.debian.org/debian");
        assertThat(farmErrorOf("zone: Europe/Berln\n"))
                .isEqualTo("HOME/farm.yaml:1:7: unknown time zone 'Europe/Berln': expected system, or a name such as"
                        + " Europe/Berlin; did you mean 'Europe/Berlin'?");
        assertThat(farmErrorOf("notify: { channels: { team: { daily: \"07:30\" } } }\n"))
                .isEqualTo("HOME/farm.yaml:1:29: nothing says how 'team' is reached: expected one of mail, webhook,"
                        + " command; for two, make two channels");
        assertThat(farmErrorOf("notify: { channels: { team: { command: [a], webhook: { url: \"http://b/\" } } } }\n"))
                .startsWith("HOME/farm.yaml:1:29: 'team' is reached in several ways: expected one of");
        assertThat(farmErrorOf("notify: { channels: { team: { mail: { from: farm, to: [a@b] } } } }\n"))
                .isEqualTo("HOME/farm.yaml:1:45: bad value 'farm' for 'from': expected a mail address, such as"
                        + " farm@example.org");
        assertThat(farmErrorOf("web: { listen: everywhere }\n"))
                .isEqualTo("HOME/farm.yaml:1:16: bad value 'everywhere' for 'listen': expected off, or ADDRESS:PORT,"
                        + " such as 127.0.0.1:8270, 0.0.0.0:8270 or off");
        assertThat(farmErrorOf("drivers:\n  lxc: {}\n"))
                .isEqualTo("HOME/farm.yaml:2:3: unknown key 'lxc': expected one of qemu, uml");
        assertThat(farmErrorOf("drivers: { uml: { seccomp: yes } }\n"))
                .isEqualTo("HOME/farm.yaml:1:28: bad value 'yes' for 'seccomp': expected true or false");
        assertThat(farmErrorOf("guest: { driver: [ulm] }\n"))
                .isEqualTo("HOME/farm.yaml:1:19: unknown driver 'ulm': expected one of uml, qemu; did you mean 'uml'?");
    }

    @Test
    void recipes() throws IOException {
        String good = TestInstallation.recipe("mine");
        assertThat(recipeErrorOf(TestInstallation.recipe("yours")))
                .isEqualTo("HOME/recipes/mine.yaml:1:15: the recipe calls itself 'yours':"
                        + " expected the file's name without its ending, mine");
        assertThat(recipeErrorOf(good + "refresh: dayly\n"))
                .isEqualTo("HOME/recipes/mine.yaml:10:10: bad value 'dayly' for 'refresh':"
                        + " expected one of daily, each-run, pinned; did you mean 'daily'?");
        assertThat(recipeErrorOf(good.replace("bootstrap", "cloud")))
                .isEqualTo(
                        "HOME/recipes/mine.yaml:5:9: bad value 'cloud' for 'type': expected one of bootstrap, userland");
        assertThat(recipeErrorOf(good.replace("bootstrap", "userland")))
                .isEqualTo("HOME/recipes/mine.yaml:5:9: missing key 'commands-of':"
                        + " expected the programs whose commands it has");
        assertThat(recipeErrorOf(good.replace("bootstrap", "bootstrap\n  commands-of: [busybox]")))
                .isEqualTo("HOME/recipes/mine.yaml:6:3: 'commands-of' says nothing of a source of type bootstrap:"
                        + " expected it only with type userland");
        assertThat(recipeErrorOf(good.replace("uri:", "url:")).lines())
                .containsExactly(
                        "HOME/recipes/mine.yaml:7:7: missing key 'uri': expected where upstream has it",
                        "HOME/recipes/mine.yaml:7:9: unknown key 'url': expected one of uri, suites, components;"
                                + " did you mean 'uri'?");
        assertThat(recipeErrorOf(good.replace("[uml]", "[umll]")))
                .isEqualTo("HOME/recipes/mine.yaml:9:11: unknown driver 'umll': expected one of uml, qemu;"
                        + " did you mean 'uml'?");
        assertThat(recipeErrorOf(good.replace("[uml]", "[uml, qemu]")))
                .isEqualTo("HOME/recipes/mine.yaml:9:16: guests of qemu boot the distribution's own kernel, and this"
                        + " recipe names none: expected a key 'kernel' with its package, such as"
                        + " linux-image-cloud-amd64, or other drivers");
        assertThat(recipeErrorOf(good + "console: { harmless: [\"BUG: (soft\"] }\n"))
                .isEqualTo("HOME/recipes/mine.yaml:10:23: the pattern 'BUG: (soft' is none: Unclosed group:"
                        + " expected a regular expression of Java");
        test.write("home/recipes/debian-11.yaml", TestInstallation.recipe("debian-11"));
        assertThat(catchThrowableOfType(
                        ConfigError.class, () -> test.installation().recipes()))
                .hasMessage(test.home + "/recipes/debian-11.yaml: the name 'debian-11' is taken by"
                        + " images/recipes/debian-11.yaml: expected another name");
    }

    @Test
    void suites() throws IOException {
        String good = """
                suite: mine
                description: My tests
                format: toybox
                commands: { run: run }
                """;
        assertThat(suiteErrorOf(good))
                .isEqualTo("mine/suite.yaml:4:18: there is no file 'run': expected the name of a file beside this one");
        test.write("home/suites/mine/run", "#!/bin/sh\n");
        assertThat(suiteErrorOf(good))
                .isEqualTo("mine/suite.yaml:4:18: the file 'run' is not executable:"
                        + " expected a script that chmod +x was said of");
        test.script("home/suites/mine/run");
        assertThat(suiteErrorOf(good.replace("toybox", "toybx")))
                .isEqualTo("mine/suite.yaml:3:9: unknown format 'toybx': expected one of toybox, tet;"
                        + " did you mean 'toybox'?");
        assertThat(suiteErrorOf(good.replace("run: run", "run: ../run")))
                .isEqualTo("mine/suite.yaml:4:18: bad value '../run' for 'run': expected the name of a file beside this"
                        + " one, such as run or prepare.sh");
        assertThat(suiteErrorOf(good.replace("suite: mine", "suite: yours")))
                .isEqualTo(
                        "mine/suite.yaml:1:8: the suite calls itself 'yours': expected the name of its folder, mine");
        assertThat(suiteErrorOf(good + "environment: { MUSTER_JOURNAL: x }\n"))
                .isEqualTo(
                        "mine/suite.yaml:5:16: bad key 'MUSTER_JOURNAL': expected a variable's name, which MUSTER_ does"
                                + " not begin, such as CC or TEST_HOST");
        assertThat(suiteErrorOf(good + "cpu: 0\n"))
                .isEqualTo("mine/suite.yaml:5:6: bad value '0' for 'cpu': expected how many processors it keeps busy:"
                        + " a number over 0, to 256, such as 1 or 0.1");
        assertThat(suiteErrorOf(good + "sources: [{ uri: \"http://x.org/a.tar\", sha256: abc }]\n"))
                .isEqualTo("mine/suite.yaml:5:48: bad value 'abc' for 'sha256': expected a SHA-256 checksum of 64"
                        + " lower-case hex digits");
        assertThat(suiteErrorOf(good + "user: nobody\n"))
                .isEqualTo("mine/suite.yaml:5:7: bad value 'nobody' for 'user': expected one of tester, root");
        assertThat(suiteErrorOf(good + "variants: { \"a:b\": {} }\n"))
                .isEqualTo("mine/suite.yaml:5:13: bad key 'a:b': expected a name of letters, digits and . _ + - that"
                        + " begins with a letter or digit");
        Files.delete(test.home.resolve("suites/mine/suite.yaml"));
        assertThat(catchThrowableOfType(
                        ConfigError.class, () -> test.installation().suites()))
                .hasMessage(test.home + "/suites/mine/suite.yaml: cannot read the suite: there is no such file");
    }

    @Test
    void mistakesInARecipeThatAMatrixNamesAreItsMistakesToo() throws IOException {
        test.write("program/images/recipes/debian-12.yaml", TestInstallation.recipe("debian-12") + "disc: 3G\n");
        assertThat(errorOf(GOOD.replace("commands", "comands")).lines())
                .containsExactly(
                        "m:4:3: unknown suite 'comands': expected one of commands, posix; did you mean 'commands'?",
                        "images/recipes/debian-12.yaml:10:1: unknown key 'disc': expected one of distribution,"
                                + " architecture, description, source, packages, kernel, disk, drivers, console, refresh;"
                                + " did you mean 'disk'?");
    }

    @Test
    void mistakesInARecipeThatAMatrixDoesNotNameDoNotMatter() throws IOException, ConfigError {
        test.write("program/images/recipes/debian-sid.yaml", "");
        assertThat(test.matrix(GOOD).cells()).hasSize(2);
    }

    @Test
    void anInstallationThatIsNone() {
        assertThat(catchThrowableOfType(ConfigError.class, () -> Installation.rootOf(test.home.toString())))
                .hasMessage("-Dmuster.installation=" + test.home
                        + ": cannot find the program's files: there is no config/farm.yaml in " + test.home
                        + ": expected the folder that holds config, images and testsuites");
    }
}
