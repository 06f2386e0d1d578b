package muster.orchestrator.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the top of the project, on machines that lack this or that. */
final class LauncherIT {

    @TempDir
    Path folder;

    private FakeMachine machine;

    @BeforeEach
    void bareMachine() throws IOException {
        assumeTrue(FakeMachine.bubblewrap().isPresent(), "needs bubblewrap: apt-get install bubblewrap");
        machine = new FakeMachine(folder);
    }

    @Test
    void takesTheNewerJdkThoughTheOneInThePathIsOld() throws Exception {
        Path old = machine.jdk("old", "17.0.15");
        Files.createSymbolicLink(machine.bin.resolve("java"), old.resolve("bin/java"));
        machine.jdk(".jdks/jdk-25", "25.0.3");
        machine.maven();
        assertThat(machine.run("status").output()).contains("jdk 25.0.3").doesNotContain("jdk 17");
    }

    @Test
    void withoutAnyJdkItSaysWhatToDo() throws Exception {
        machine.jdk(".jdks/old", "17.0.15");
        FakeMachine.Said said = machine.run("status");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output()).contains("cannot start: no JDK 25").contains("JAVA_HOME");
    }

    @Test
    void aRuntimeWithoutCompilerIsNamedAndPassedOver() throws Exception {
        Path runtime = machine.jdk(".jdks/a-runtime", "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));
        assertThat(machine.run("status").output())
                .contains("without a compiler")
                .contains(runtime.toString());
        machine.jdk(".jdks/b-jdk", "26");
        machine.maven();
        assertThat(machine.run("status").output()).contains("jdk 26");
    }

    @Test
    void anOrdinaryUserIsToldWhichPackageHoldsTheJdk() throws Exception {
        machine.aptKnows("25.0.1+8-1");
        FakeMachine.Said said = machine.run("status");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output()).contains("as root: apt-get install").contains("openjdk-25-jdk-headless");
        assertThat(machine.aptCalls()).isEmpty();
    }

    @Test
    void rootGetsTheJdkAndMavenInstalled() throws Exception {
        machine.aptKnows("25.0.1+8-1");
        Path later = machine.jdk("later", "25.0.1");
        machine.maven();
        Files.move(machine.bin.resolve("mvn"), folder.resolve("mvn"));
        machine.command(
                "apt-get",
                "case $* in *jdk*) mkdir -p ~/.jdks; mv " + later + " ~/.jdks/jdk ;; *maven) mv "
                        + folder.resolve("mvn") + " " + machine.bin + " ;; esac");
        FakeMachine.Said said = machine.asRoot().run("status");
        assertThat(said.output()).contains("jdk 25.0.1").contains("<status>");
        assertThat(said.status()).isZero();
    }

    @Test
    void anOrdinaryUsersCellBelongsToAllOfVerifyAndToNoPartOfIt() throws Exception {
        ready();
        machine.script("orchestrator/src/it/ordinary-user", "echo a cell as somebody else");
        machine.asRoot();
        assertThat(machine.run("verify").output()).contains("a cell as somebody else");
        assertThat(machine.run("verify", "--full").output()).contains("a cell as somebody else");
        assertThat(machine.run("verify", "-pl", "images").output())
                .contains("no cell as an ordinary user: Maven arguments were given")
                .doesNotContain("a cell as somebody else");
    }

    @Test
    void whoHoldsAHomeIsAskedHowItStandsWithoutAJvm() throws Exception {
        ready();
        Home home = Home.open(folder.resolve("held"));
        AtomicInteger status = new AtomicInteger(200);
        AtomicInteger announced = new AtomicInteger();
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "under way:\n\u00e9\n\n".getBytes(UTF_8);
            exchange.sendResponseHeaders(status.get(), answer.length + announced.get());
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        String[] line = {"status", "--home", home.folder().toString()};
        try (HomeLock lock = HomeLock.take(home).orElseThrow()) {
            long pid = ProcessHandle.current().pid();
            lock.announce(new HomeLock.Door(pid, server.getAddress().getPort(), "a-Secret_0"));
            assertThat(machine.run(line).output()).isEqualTo("under way:\n\u00e9\n\n");
            assertThat(machine.run("status", "--json", "--home", line[2]).output())
                    .isEqualTo("under way:\n\u00e9\n\n");
            assertThat(asked)
                    .containsExactly(
                            "/api/v1/status?width=160&as= Bearer a-Secret_0",
                            "/api/v1/status?width=160&as=json Bearer a-Secret_0");
            assertThat(machine.run("status", "--help").output()).contains("<--help>");
            status.set(500);
            assertThat(machine.run(line).output()).contains("<status>").doesNotContain("under way");
            status.set(200);
            announced.set(7);
            assertThat(machine.run(line).output())
                    .as("an answer that was cut off")
                    .contains("<status>")
                    .doesNotContain("under way");
            int before = asked.size();
            Path door = home.folder().resolve("api.json");
            Files.writeString(door, Files.readString(door).replace("" + pid, "1"));
            assertThat(machine.run(line).output())
                    .as("one who does not hold it")
                    .contains("<status>");
            assertThat(asked).hasSize(before);
        } finally {
            server.stop(0);
        }
        assertThat(machine.run(line).output()).contains("<status>");
    }

    @Test
    void buildsOnceAndThenStartsAtOnce() throws Exception {
        ready();
        machine.run("status");
        FakeMachine.Said again = machine.run("status");
        assertThat(machine.mavenCalls()).isEqualTo(1);
        assertThat(again.output()).doesNotContain("building");
    }

    @Test
    void buildsAgainWhenASourceChangedOrWentAway() throws Exception {
        ready();
        Path second = machine.project.resolve("images/src/main/java/Second.java");
        machine.run("status");
        Files.writeString(second, "class Second {}");
        machine.run("status");
        assertThat(machine.mavenCalls()).isEqualTo(2);
        Files.delete(second);
        machine.run("status");
        assertThat(machine.mavenCalls()).isEqualTo(3);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        ready();
        Path launcher = machine.project.resolve("muster");
        Process first = machine.start(launcher, machine.project, Map.of(), "status");
        Process second = machine.start(launcher, machine.project, Map.of(), "status");
        assertThat(FakeMachine.end(first).output()).contains("<status>");
        assertThat(FakeMachine.end(second).output()).contains("<status>");
        assertThat(machine.mavenCalls()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
        ready();
        machine.command("mvn", "echo '[ERROR] a semicolon is missing'; exit 1");
        FakeMachine.Said said = machine.run("status");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output())
                .contains("a semicolon is missing")
                .contains("cannot build Muster")
                .doesNotContain("<status>");
        machine.maven();
        assertThat(machine.run("status").output()).contains("<status>");
    }

    @Test
    void anInstallationWithoutSourcesIsNeverBuilt() throws Exception {
        machine.jdk(".jdks/jdk-25", "25");
        machine.maven();
        Files.delete(machine.project.resolve("pom.xml"));
        Files.createDirectories(machine.project.resolve("orchestrator/target"));
        Files.createFile(machine.project.resolve("orchestrator/target/muster.jar"));
        assertThat(machine.run("status").output()).contains("<status>");
        assertThat(machine.mavenCalls()).isZero();
    }

    @Test
    void anInstallationBringsItsOwnJavaAndHasNothingToVerifyOrPackage() throws Exception {
        machine.jdk(".jdks/jdk-26", "26");
        Files.move(machine.jdk("runtime", "25"), machine.project.resolve("runtime"));
        Files.delete(machine.project.resolve("pom.xml"));
        Files.createDirectories(machine.project.resolve("program"));
        Files.createFile(machine.project.resolve("program/muster.jar"));
        assertThat(machine.run("status").output()).contains("jdk 25").contains("program/muster.jar>\n<status>");
        for (String verb : List.of("verify", "package")) {
            FakeMachine.Said said = machine.run(verb);
            assertThat(said.status()).isEqualTo(3);
            assertThat(said.output()).contains("cannot " + verb + ": there are no sources");
        }
    }

    @Test
    void throughALinkTheArgumentsAndTheFolderStayTheCallers() throws Exception {
        ready();
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("farm"), machine.project.resolve("muster"));
        Process process = machine.start(link, elsewhere, Map.of(), "matrix", "plan", "a file.yaml", "");
        String output = FakeMachine.end(process).output();
        assertThat(output)
                .contains("in " + elsewhere)
                .contains("-Dmuster.installation=" + machine.project)
                .endsWith("<matrix>\n<plan>\n<a file.yaml>\n<>\n");
    }

    @Test
    void whatComesAfterTwoDashesIsForTheGuest() throws Exception {
        ready();
        assertThat(machine.run("shell", "debian-12", "--", "ls", "--no-install", "--", "--help")
                        .output())
                .endsWith("<shell>\n<debian-12>\n<-->\n<ls>\n<--no-install>\n<-->\n<--help>\n");
    }

    @Test
    void theProgramsStatusIsTheLaunchers() throws Exception {
        ready();
        Path launcher = machine.project.resolve("muster");
        Process process = machine.start(launcher, machine.project, Map.of("FAKE_STATUS", "4"), "status");
        assertThat(FakeMachine.end(process).status()).isEqualTo(4);
    }

    @Test
    void withoutInstallingItNamesTheLineThatWould() throws Exception {
        ready();
        machine.aptKnows("1");
        FakeMachine.Said said = machine.asRoot().run("run", "m.yaml", "--no-install");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output())
                .contains("cannot run: missing packages; as root: apt-get install")
                .contains("bubblewrap debian-archive-keyring")
                .doesNotContain("<run>");
        assertThat(machine.aptCalls()).isEmpty();
    }

    @Test
    void rootGetsTheToolsOfGuestsInstalledForThoseVerbsOnlyThatNeedThem() throws Exception {
        ready();
        machine.aptKnows("1");
        machine.asRoot().run("status");
        machine.run("run", "--help");
        machine.run("--home", "run", "images", "list");
        assertThat(machine.aptCalls()).isEmpty();
        FakeMachine.Said said = machine.run("--home", "somewhere", "run", "m.yaml");
        assertThat(machine.aptCalls()).contains("install --no-install-recommends -y ", " bubblewrap ");
        assertThat(said.output()).contains("<--home>\n<somewhere>\n<run>\n<m.yaml>\n");
    }

    @Test
    void theDoctorIsStartedThoughToolsOfGuestsAreMissingAndNothingIsInstalledForIt() throws Exception {
        ready();
        machine.aptKnows("1");
        FakeMachine.Said said = machine.asRoot().run("doctor", "--json");
        assertThat(said.output()).endsWith("<doctor>\n<--json>\n");
        assertThat(machine.aptCalls()).isEmpty();
    }

    @Test
    void theDoctorInstallsNoJdkUnlessAskedTo() throws Exception {
        machine.aptKnows("25.0.1+8-1");
        FakeMachine.Said said = machine.asRoot().run("doctor");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output()).contains("as root: apt-get install").contains("openjdk-25-jdk-headless");
        assertThat(machine.aptCalls()).isEmpty();
        machine.run("doctor", "--install");
        assertThat(machine.aptCalls()).contains("openjdk-25-jdk-headless");
    }

    @Test
    void anOrdinaryUserWithoutSubordinateIdsIsGivenTheCommandThatMendsIt() throws Exception {
        ready();
        for (String tool : List.of("mmdebstrap", "arch-test", "bwrap", "fakeroot", "newuidmap", "newgidmap")) {
            machine.command(tool, "true");
        }
        machine.keyring();
        machine.subordinateIds("other:100000:65536\n");
        FakeMachine.Said said = machine.run("run", "m.yaml");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output())
                .contains("cannot run: ")
                .contains("usermod --add-subuids 165536-231071 --add-subgids 165536-231071");
        machine.subordinateIds("1000:165536:65536\n");
        assertThat(machine.run("run", "m.yaml").output()).endsWith("<run>\n<m.yaml>\n");
    }

    private void ready() throws IOException {
        machine.jdk(".jdks/jdk-25", "25.0.3");
        machine.maven();
    }
}
