package muster.orchestrator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import muster.orchestrator.cli.StoredNights;
import muster.orchestrator.web.Tidied;
import muster.reports.NewRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes, what stays, and what is remembered of it. */
class TidyingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-06-01T04:15:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void onlyWhatIsOldAndMeantGoesAndADryRunOnlyTells() throws Exception {
        Path old = file("a1.yaml", 10);
        Path young = file("b2.yaml", 2);
        Path other = file("notes.txt", 100);
        Tidying tidying =
                tidying(new OldFiles("matrices", folder, Pattern.compile("[0-9a-f]+\\.yaml"), Duration.ofDays(5)));
        Tidied told = tidying.tidy(Set.of(), true, false);
        assertThat(told.words()).isEqualTo("1 matrices: 7B");
        assertThat(old).exists();
        assertThat(tidying.last()).isNull();
        assertThat(tidying.tidy(Set.of(), false, false).parts()).isEqualTo(told.parts());
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
    }

    @Test
    void whatCannotBeLookedAtIsToldAndTheRestIsDone() throws Exception {
        Collector broken = new Given("broken", null);
        Tidied tidied = tidying(broken, new Given("good", new Collector.Found(3, 1 << 20)))
                .tidy(Set.of(), false, true);
        assertThat(tidied.words()).isEqualTo("3 good: 1M; cannot look for broken: it is gone");
        assertThat(tidied.early()).isTrue();
    }

    @Test
    void theNextProcessKnowsWhatTheLastDid() throws Exception {
        Tidied tidied = tidying(new Given("good", new Collector.Found(3, 5))).tidy(Set.of(), false, false);
        assertThat(tidying().last()).isEqualTo(tidied);
    }

    @Test
    void whatWasRememberedAndIsBrokenKeepsNobodyFromWork() throws Exception {
        Files.writeString(folder.resolve("upkeep.json"), "{\"at\": ");
        Tidying tidying = tidying(new Given("good", new Collector.Found(3, 5)));
        assertThat(tidying.last()).isNull();
        assertThat(tidying.tidy(Set.of(), false, false).words()).isEqualTo("3 good: 5B");
    }

    @Test
    void anUnknownKindIsRefusedByName() throws Exception {
        assertThatThrownBy(() ->
                        tidying(new Given("good", Collector.Found.NOTHING)).tidy(Set.of("bad"), false, false))
                .hasMessage("cannot remove 'bad': no such kind; there are good");
    }

    @Test
    void nothingIsRemovedWhileABackupIsMade() throws Exception {
        Tidying tidying = tidying(new Given("good", new Collector.Found(3, 5)));
        tidying.still(() -> {
            Thread other = Thread.ofPlatform()
                    .start(() -> assertThatThrownBy(() -> tidying.tidy(Set.of(), false, false))
                            .hasMessageContaining("under way already"));
            return join(other);
        });
        assertThat(tidying.last()).isNull();
    }

    @Test
    void whatARunNeededGoesSomeTimeAfterItsEnd() throws Exception {
        try (StoredNights nights = new StoredNights(folder)) {
            long old = nights.night(CLOCK.instant().minus(Duration.ofDays(8)));
            long young = nights.night(CLOCK.instant().minus(Duration.ofDays(6)));
            NewRun left = new NewRun("nightly", "ab".repeat(32), Instant.EPOCH, Map.of(), List.of());
            long open = nights.store().queue(left);
            Path runs = folder.resolve("runs");
            for (long run : List.of(old, young, open)) {
                Files.writeString(
                        Files.createDirectories(runs.resolve(Long.toString(run)))
                                .resolve("matrix.yaml"),
                        "matrix");
            }
            Collector ended = new EndedRuns(runs, nights.store(), Duration.ofDays(7));
            assertThat(tidying(ended).tidy(Set.of(), true, false).words()).isEqualTo("1 ended runs: 6B");
            assertThat(runs.resolve(Long.toString(old))).exists();
            tidying(ended).tidy(Set.of(), false, false);
            assertThat(runs.resolve(Long.toString(old))).doesNotExist();
            assertThat(runs.resolve(Long.toString(young))).exists();
            assertThat(runs.resolve(Long.toString(open))).exists();
        }
    }

    private static boolean join(Thread other) {
        try {
            other.join();
            return true;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Tidying tidying(Collector... collectors) throws IOException {
        return new Tidying(List.of(collectors), folder.resolve("upkeep.json"), CLOCK);
    }

    private Path file(String name, int days) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "content");
        Files.setLastModifiedTime(file, FileTime.from(CLOCK.instant().minus(Duration.ofDays(days))));
        return file;
    }

    /** Finds what it is given, or fails. */
    private record Given(String kind, Found found) implements Collector {
        @Override
        public Found collect(Instant now, boolean dryRun) throws IOException {
            if (found == null) {
                throw new IOException("it is gone");
            }
            return found;
        }
    }
}
