package muster.orchestrator.cli;

import static muster.orchestrator.cli.StoredNights.fail;
import static muster.orchestrator.cli.StoredNights.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.orchestrator.cli.StoredNights.Came;
import muster.orchestrator.home.Home;
import muster.orchestrator.home.HomeLock;
import muster.reports.Site;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report prune}, {@code pin} and {@code unpin}, and what other verbs and pages say afterwards. */
class ReportPruneCommandTest {

    private static final String CELL = "debian-12:commands:default@uml";
    private static final Pattern FREED =
            Pattern.compile("([0-9,]+) bytes in the store, ([0-9,]+) bytes of copies in the report");

    @TempDir
    Path home;

    @BeforeEach
    void fiveOldNights() throws IOException {
        try (StoredNights nights = new StoredNights(home)) {
            for (int night = 0; night < 5; night++) {
                nights.night(
                        Instant.parse("2020-01-01T01:30:00Z").plus(Duration.ofDays(night)),
                        new Came(
                                CELL,
                                Map.of(),
                                Map.of(),
                                List.of(pass("a"), night == 1 ? fail("b", "no") : pass("b"))));
            }
            writeReport(nights);
        }
        Files.writeString(home.resolve("farm.yaml"), "keep: { runs: 1 }\n");
    }

    private void writeReport(StoredNights nights) throws IOException {
        Site.export(
                nights.store().history(),
                nights.store().comparison(),
                nights.store().waivers(),
                new Home(home).report(),
                Clock.systemUTC(),
                ZoneOffset.UTC);
    }

    private long used(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(folder))) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Test
    void exactlyWhatADryRunPrintsGoesAndEverythingSaysSince() throws IOException {
        String history = Said.in(home, "history", "b").out();
        Said dry = Said.in(home, "report", "prune", "--dry-run");
        assertThat(dry.err()).isEmpty();
        assertThat(dry.out()).contains("would remove 3 files of 3 attempts: ");
        assertThat(dry.out().lines().filter(line -> line.contains(CELL)))
                .hasSize(3)
                .allMatch(line -> line.contains("2020-01-0"));
        long store = used("store/files");
        long report = used("report");
        Said done = Said.in(home, "report", "prune");
        assertThat(done.status()).isZero();
        assertThat(done.out()).isEqualTo(dry.out().replace("would remove", "removed"));
        Matcher freed = FREED.matcher(done.out());
        assertThat(freed.find()).isTrue();
        assertThat(store - used("store/files"))
                .isEqualTo(number(freed.group(1)))
                .isPositive();
        assertThat(report - used("report")).isEqualTo(number(freed.group(2)));
        assertThat(Said.in(home, "report", "prune", "--dry-run").out()).startsWith("nothing to remove: ");

        assertThat(Said.in(home, "history", "b").out()).isEqualTo(history).contains("PASS 1, FAIL 2, PASS 3-5");
        assertThat(Said.in(home, "journal", CELL).out()).contains("in run 5");

        String sentence = "Its journal was removed by retention on "
                + Clock.systemUTC().instant().atOffset(ZoneOffset.UTC).toLocalDate() + "; its results stay.\n";
        Path copy = home.resolve("report/run/2/debian-12.commands.default.uml/journal.txt");
        try (Stream<Path> run = Files.walk(home.resolve("report/run/2"))) {
            copy = run.filter(file -> file.endsWith("journal.txt")).findFirst().orElse(copy);
        }
        assertThat(copy).hasContent(sentence.strip());
        try (StoredNights nights = new StoredNights(home)) {
            writeReport(nights);
        }
        String page = Files.readString(Path.of(copy.getParent() + ".html"));
        assertThat(page)
                .contains("Removed by retention on ")
                .doesNotContain("href=\"../../run/2/" + copy.getParent().getFileName() + "/journal.txt\"");
        assertThat(copy).hasContent(sentence.strip());
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }

    @Test
    void whatIsPinnedStaysUntilItIsUnpinned() {
        assertThat(Said.in(home, "report", "pin").out()).isEqualTo("nothing is pinned\n");
        assertThat(Said.in(home, "report", "pin", "2").out()).isEqualTo("run 2\n");
        assertThat(Said.in(home, "report", "pin", "debian-12", "--run", "3").out())
                .isEqualTo("run 2\nrun 3 " + CELL + "\n");
        assertThat(Said.in(home, "report", "prune", "--dry-run", "--json").out())
                .startsWith("{\"removed\":false,\"files\":0,");
        assertThat(Said.in(home, "report", "unpin", "2", "--json").out())
                .startsWith("[{\"run\":3,\"cell\":\"" + CELL + "\"}]");
        Said said = Said.in(home, "report", "prune", "--json");
        assertThat(said.out())
                .startsWith("{\"removed\":true,\"files\":1,")
                .contains("\"run\":1,\"cell\":\"" + CELL + "\"");
        assertThat(Said.in(home, "journal", CELL).status()).isZero();
        Said unknown = Said.in(home, "report", "pin", "99");
        assertThat(unknown.err()).contains("cannot pin run 99: there is none");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(Said.in(home, "report", "pin", "debain-12").err()).contains("did you mean 'debian-12'?");
    }

    @Test
    void nothingIsRemovedUnderARunThatKeepsFiles() throws IOException {
        try (HomeLock held = HomeLock.take(new Home(home)).orElseThrow()) {
            Said said = Said.in(home, "report", "prune");
            assertThat(said.err()).contains("who works there does not answer yet; try again in a moment");
            assertThat(said.status()).isEqualTo(3);
            assertThat(held).isNotNull();
        }
    }
}
