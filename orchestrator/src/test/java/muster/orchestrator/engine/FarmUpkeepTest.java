package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import muster.orchestrator.cli.StoredNights;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.Tidied;
import muster.orchestrator.web.TidyRequest;
import muster.orchestrator.web.UpkeepLine;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm at work looks after its home. */
class FarmUpkeepTest {

    private static final Pattern OURS = Pattern.compile("^# TYPE (muster_[a-z_]+) ", Pattern.MULTILINE);
    private static final Pattern LISTED = Pattern.compile("`(muster_[a-z_]+)`");

    @TempDir
    Path folder;

    private Installation installation;
    private Home home;

    @BeforeEach
    void open() throws Exception {
        home = Home.open(folder.resolve("home"));
        installation = new Installation(
                Path.of("..").toAbsolutePath().normalize(), home.folder(), Set.of("toybox"), GuestDrivers.names());
    }

    private HeldFarm held() throws Exception {
        return HeldFarm.open(installation, installation.farm(), home, Clock.systemUTC());
    }

    @Test
    void whatIsMeasuredIsWhatIsListed() throws Exception {
        try (HeldFarm farm = held()) {
            CellKey cell = CellKey.parse("debian-12:sleep:short@uml");
            Instant now = Clock.systemUTC().instant();
            long run = farm.store().queue(new NewRun("one", "ab", now, Map.of(), List.of(cell)));
            Attempt attempt = farm.store().begin(run, cell, Attempt.Kind.MAIN, now);
            farm.board().queued(attempt, null);
            farm.board().step(attempt, Step.BOOTING, now.plusSeconds(3));
            farm.board().step(attempt, Step.RUNNING, now.plusSeconds(10));
            farm.upkeep().answered("GET", "/", 200, Duration.ofMillis(3));
            String text = farm.upkeep().metrics();
            assertThat(text)
                    .contains("muster_cells{step=\"running\"} 1.0")
                    .contains("muster_guests{driver=\"uml\"} 1.0")
                    .contains("muster_boots_seconds_count{driver=\"uml\",result=\"ready\"} 1")
                    .contains("muster_boots_seconds_sum{driver=\"uml\",result=\"ready\"} 7.0");
            Set<String> told = names(OURS, text);
            Set<String> listed = names(LISTED, Files.readString(Path.of("docs/metrics.md")));
            // Micrometer's histograms and summaries have one more for their greatest value.
            told.removeIf(name -> name.endsWith("_seconds_max"));
            assertThat(told).isEqualTo(listed);
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatHasNoReasonToStayGoesThroughTheServiceAndOnlyThat() throws Exception {
        Files.writeString(home.folder().resolve("farm.yaml"), "keep: { runs: 1, days: 1, failed-days: 1 }\n");
        try (StoredNights nights = new StoredNights(home.folder())) {
            for (int night = 0; night < 3; night++) {
                nights.night(
                        Instant.parse("2020-01-01T01:30:00Z").plus(Duration.ofDays(night)),
                        new StoredNights.Came(
                                "debian-12:commands:default@uml", Map.of(), Map.of(), List.of(StoredNights.pass("a"))));
            }
        }
        Path open = attempt(4);
        Path dead = attempt(1);
        Path fresh = Files.createDirectories(home.attempt(2));
        Path named = runtime(installation.farm().uml().suite());
        Path former = runtime("former");
        try (HeldFarm farm = held()) {
            long run = farm.store()
                    .queue(new NewRun(
                            "one",
                            "ab",
                            Clock.systemUTC().instant(),
                            Map.of(),
                            List.of(CellKey.parse("debian-12:sleep:short@uml"))));
            Attempt alive = farm.store()
                    .begin(
                            run,
                            CellKey.parse("debian-12:sleep:short@uml"),
                            Attempt.Kind.MAIN,
                            Clock.systemUTC().instant());
            assertThat(home.attempt(alive.id())).isEqualTo(open);
            HomeClient client = new HomeClient(farm.door());
            Tidied dry = client.tidy(new TidyRequest(List.of(), true));
            assertThat(counts(dry))
                    .containsEntry("files", 1)
                    .containsEntry("left attempts", 1)
                    .containsEntry("runtimes", 1);
            assertThat(dead).exists();
            Tidied done = client.tidy(new TidyRequest(List.of(), false));
            assertThat(counts(done)).isEqualTo(counts(dry));
            assertThat(dead).doesNotExist();
            assertThat(former).doesNotExist();
            assertThat(named).exists();
            assertThat(open).exists();
            assertThat(fresh).exists();
            UpkeepLine line = client.upkeep();
            assertThat(line.last()).isEqualTo(done);
            assertThat(line.stopped()).isEmpty();
            assertThat(counts(client.tidy(new TidyRequest(List.of("files"), true))))
                    .containsOnly(Map.entry("files", 0));
        }
    }

    @Test
    void onAFullDiskCellsWaitAndSayWhyAndTheFarmIsNotReady() throws Exception {
        Files.writeString(home.folder().resolve("farm.yaml"), "disk: { least: 99% }\n");
        Path file = Files.writeString(folder.resolve("one.yaml"), """
                matrix: one
                distributions: [debian-12]
                suites: { sleep: { variants: [short] } }
                guest: { driver: [uml] }
                """);
        try (HeldFarm farm = held()) {
            Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, installation.farm());
            List<CellRun> runs = farm.queue(matrix, matrix.cells());
            Thread work = Thread.ofPlatform().start(() -> farm.run(runs));
            HomeClient client = new HomeClient(farm.door());
            await().until(() -> client.cells().stream()
                    .anyMatch(
                            cell -> cell.waits().startsWith("waits for room on the disk: the disk of the home has ")));
            assertThat(client.cells().getFirst().starts())
                    .as("nobody knows when")
                    .isNull();
            assertThat(client.upkeep().stopped())
                    .startsWith("Cells do not begin: the disk of the home has ")
                    .endsWith("(disk.least in farm.yaml).");
            assertThat(farm.upkeep().checks().get("disk").good()).isFalse();
            assertThat(farm.upkeep().checks().get("store").good()).isTrue();
            farm.stop();
            work.join();
        }
    }

    private static Map<String, Integer> counts(Tidied tidied) {
        assertThat(tidied.parts()).allSatisfy(part -> assertThat(part.problem()).isEmpty());
        return tidied.parts().stream().collect(Collectors.toMap(Tidied.Part::kind, Tidied.Part::count));
    }

    private Path runtime(String release) throws IOException {
        Path runtime = Files.createDirectories(home.runtimes().resolve("uml").resolve(release));
        Files.writeString(runtime.resolve("packages.txt"), "");
        return runtime;
    }

    /** An attempt's folder that nobody has touched for two hours. */
    private Path attempt(long id) throws IOException {
        Path attempt = Files.createDirectories(home.attempt(id));
        Files.writeString(attempt.resolve("console"), "text");
        Files.setLastModifiedTime(
                attempt, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(2))));
        return attempt;
    }
}
