package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.MIDNIGHT;
import static muster.reports.store.Samples.OTHER;
import static muster.reports.store.Samples.fail;
import static muster.reports.store.Samples.pass;
import static muster.reports.store.Samples.rebuilt;
import static muster.reports.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.Ending.KeptFile;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.Retention.Going;
import muster.reports.Retention.Pin;
import muster.reports.Retention.Plan;
import muster.reports.Retention.Rules;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retention removes and what it never touches, whatever database the store stands on. */
abstract class RetentionContract {

    /** Whatever is not kept for its importance goes. */
    private static final Rules NOTHING = new Rules(0, 0, 0);

    /** Ten nights after the first. */
    private static final Instant NOW = MIDNIGHT.plus(Duration.ofDays(10)).plus(Duration.ofHours(1));

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private JdbiResultStore store;
    private int night;

    /** Opens the database of this test, which is the same one when called again. */
    abstract JdbiResultStore open(Path folder) throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** A night of one cell with a journal of its own; the first one is run 1. */
    private Attempt night(CellKey cell, CaseResult... results) throws IOException {
        byte[] journal = new byte[5_000 + random.nextInt(5_000)];
        random.nextBytes(journal);
        return night(cell, journal, results);
    }

    private Attempt night(CellKey cell, byte[] journal, CaseResult... results) throws IOException {
        Instant at = MIDNIGHT.plus(Duration.ofDays(night++));
        long run = store.queue(new NewRun("nightly", "ab".repeat(32), at, java.util.Map.of(), List.of(cell)));
        Attempt attempt = store.begin(run, cell, Kind.MAIN, at);
        KeptFile kept = keep(journal);
        store.finish(attempt, Samples.reading(results), read -> {
            Ending usual = Samples.ending(read.counts().bad() > 0 ? Outcome.FAILED : Outcome.PASSED, true);
            return new Ending(
                    usual.outcome(),
                    "",
                    at.plusSeconds(60),
                    0,
                    true,
                    List.of(),
                    List.of(kept),
                    usual.provenance(),
                    usual.packages());
        });
        store.close(run, at.plusSeconds(90));
        return attempt;
    }

    private KeptFile keep(byte[] journal) throws IOException {
        Path file = Files.write(folder.resolve("journal"), journal);
        return store.keep("journal", "journal", file, 0);
    }

    private List<Long> going(Rules rules) throws IOException {
        return runs(store.retention().plan(rules, NOW));
    }

    private static List<Long> runs(Plan plan) {
        return plan.attempts().stream().map(going -> going.attempt().run()).toList();
    }

    private long used() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("files"))) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private KeptFile journal(Attempt attempt) {
        return store.history().files(attempt).getFirst();
    }

    @Test
    void exactlyWhatAPlanSaysIsRemovedAndEveryResultStays() throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            attempts.add(night(CELL, i % 2 == 0 ? fail("a") : pass("a"), pass("b")));
        }
        var history = store.history().caseHistory("commands", "a", 99);
        var cells = store.history().farm(99);
        var changes = store.comparison().between(1, 6, 99);
        long before = used();

        Plan plan = store.retention().plan(NOTHING, NOW);
        assertThat(used()).isEqualTo(before);
        assertThat(runs(plan)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(store.retention().prune(NOTHING, NOW)).isEqualTo(plan);
        assertThat(before - used()).isEqualTo(plan.bytes()).isPositive();

        assertThat(store.history().caseHistory("commands", "a", 99)).isEqualTo(history);
        assertThat(store.history().farm(99)).isEqualTo(cells);
        assertThat(store.comparison().between(1, 6, 99)).isEqualTo(changes);
        assertThat(rebuilt(store, attempts.getFirst())).containsExactly(fail("a"), pass("b"));
        assertThat(store.retention().plan(NOTHING, NOW).files()).isZero();

        KeptFile gone = journal(attempts.getFirst());
        assertThat(gone.removedAt()).isEqualTo(NOW);
        assertThatThrownBy(() -> store.history().open(gone))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cannot open journal: its journal was removed by retention on 2026-03-11; its results stay");
        assertThat(store.history().cell(1, CELL).orElseThrow().files()).containsExactly(gone);
        assertThat(store.history().removals(1)).containsOnlyKeys(CELL).containsValue(NOW);
        assertThat(store.history().removals(6)).isEmpty();
        try (InputStream in = store.history().open(journal(attempts.getLast()))) {
            assertThat(in.readAllBytes()).hasSizeGreaterThan(4_999);
        }
    }

    @Test
    void ageCountAndFailureEachKeep() throws IOException {
        night(CELL, fail("a"));
        for (int i = 0; i < 8; i++) {
            night(CELL, pass("a"));
        }
        assertThat(going(NOTHING)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(going(new Rules(5, 0, 0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(going(new Rules(0, 4, 0))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(going(new Rules(0, 0, 11))).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(going(new Rules(30, 0, 0))).isEmpty();
    }

    @Test
    void theLastCompleteAttemptOfALaneAndItsBaselineStay() throws IOException {
        night(CELL, pass("a"));
        night(OTHER, pass("a"));
        night(CELL, pass("a"));
        night(CELL, pass("a"));
        long run = store.queue(Samples.run(CELL));
        Attempt lost = store.begin(run, CELL, Kind.MAIN, MIDNIGHT);
        store.finish(lost, Samples.reading(), read -> Samples.ending(Outcome.LOST, false));
        assertThat(going(NOTHING)).containsExactly(1L);
    }

    @Test
    void theBaselineOfABadAttemptThatStaysStays() throws IOException {
        for (String verdicts : List.of("p", "p", "p", "f", "p", "p", "p", "p")) {
            night(CELL, verdicts.equals("p") ? pass("a") : fail("a"));
        }
        assertThat(going(new Rules(0, 0, 30))).containsExactly(1L, 2L, 5L, 6L);
    }

    @Test
    void whatIsPinnedStays() throws IOException {
        for (int i = 0; i < 6; i++) {
            night(CELL, pass("a"));
        }
        store.retention().pin(new Pin(2, null), true);
        store.retention().pin(new Pin(4, CELL), true);
        assertThat(store.retention().pins()).containsExactly(new Pin(2, null), new Pin(4, CELL));
        // And what they were compared with.
        assertThat(going(NOTHING)).isEmpty();
        store.retention().pin(new Pin(4, CELL), false);
        assertThat(going(NOTHING)).containsExactly(3L, 4L);
        assertThatThrownBy(() -> store.retention().pin(new Pin(4, OTHER), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot pin " + OTHER + " of run 4: there is none");
        assertThatThrownBy(() -> store.retention().pin(new Pin(99, null), true))
                .hasMessage("cannot pin run 99: there is none");
    }

    @Test
    void whatAPersonMustDecideStaysUntilItIsDecided() throws IOException {
        night(CELL, pass("a"));
        night(CELL, pass("a"));
        for (int i = 0; i < 4; i++) {
            night(CELL, result("a", Verdict.FIP));
        }
        assertThat(going(NOTHING)).containsExactly(1L, 4L).doesNotContain(3L, 2L);
        store.waivers().resolve(CELL, "a", new Resolution(Verdict.PASS, "it is right", "Ada", NOW));
        assertThat(going(NOTHING)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void contentThatAnotherAttemptHasStaysUntilThatGoes() throws IOException {
        byte[] same = "the same".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Attempt first = night(CELL, same, pass("a"));
        night(CELL, pass("a"));
        night(CELL, pass("a"));
        Attempt last = night(CELL, same, pass("a"));
        Plan plan = store.retention().prune(NOTHING, NOW);
        assertThat(plan.attempts()).extracting(Going::bytes).containsExactly(0L, plan.bytes());
        assertThat(journal(first).removedAt()).isEqualTo(NOW);
        store.history().open(journal(last)).close();
    }

    @Test
    void anAttemptThatHasNotEndedLosesNothingAndRunsWithSettingsCountInNoLane() throws IOException {
        long open = store.queue(Samples.run(CELL));
        Attempt attempt = store.begin(open, CELL, Kind.MAIN, MIDNIGHT);
        long run = store.queue(Samples.runWithSettings(CELL));
        Attempt aside = store.begin(run, CELL, Kind.MAIN, MIDNIGHT);
        KeptFile kept = keep(new byte[] {1, 2, 3});
        store.finish(aside, Samples.reading(pass("a")), read -> {
            Ending usual = Samples.ending(Outcome.PASSED, true);
            return new Ending(
                    usual.outcome(),
                    "",
                    usual.endedAt(),
                    0,
                    true,
                    List.of(),
                    List.of(kept),
                    usual.provenance(),
                    usual.packages());
        });
        assertThat(going(new Rules(0, 9, 0))).containsExactly(run);
        store.retention().prune(NOTHING, NOW);
        assertThat(store.openAttempts()).containsExactly(attempt);
    }

    @Test
    void filesThatBelongToNobodyAreCountedAndRemoved() throws IOException {
        night(CELL, pass("a"));
        keep("left by a process that was killed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(folder.resolve("files").resolve("keep1.part"), new byte[77]);
        long before = used();
        Plan plan = store.retention().plan(NOTHING, NOW);
        assertThat(plan.attempts()).isEmpty();
        assertThat(plan.strays()).isEqualTo(2);
        assertThat(used()).isEqualTo(before);
        assertThat(store.retention().prune(NOTHING, NOW)).isEqualTo(plan);
        assertThat(before - used()).isEqualTo(plan.bytes());
        assertThat(store.retention().plan(NOTHING, NOW).files()).isZero();
    }

    @Test
    void whatAKilledProcessHadNotRemovedYetIsSaidToBeGoneAndRemovedByTheNext() throws IOException {
        for (int i = 0; i < 5; i++) {
            night(CELL, pass("a"));
        }
        Path before = folder.resolve("before");
        copy(folder.resolve("files"), before);
        Plan plan = store.retention().prune(NOTHING, NOW);
        copy(before, folder.resolve("files"));
        for (long id = 1; id <= 5; id++) {
            KeptFile journal = journal(store.attempt(id).orElseThrow());
            assertThat(journal.removedAt() == null).isEqualTo(id > 3);
        }
        Plan rest = store.retention().plan(NOTHING, NOW);
        assertThat(rest.attempts()).isEmpty();
        assertThat(rest.strayBytes()).isEqualTo(plan.bytes()).isPositive();
        long used = used();
        assertThat(store.retention().prune(NOTHING, NOW)).isEqualTo(rest);
        assertThat(used - used()).isEqualTo(plan.bytes());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void filesOfAnotherFolderAreNotSaidToBeRemoved() throws IOException {
        Attempt elsewhere = night(CELL, pass("a"));
        night(CELL, pass("a"));
        night(CELL, pass("a"));
        Files.move(folder.resolve("files"), folder.resolve("elsewhere"));
        assertThat(going(NOTHING)).isEmpty();
        store.retention().prune(NOTHING, NOW);
        assertThat(journal(elsewhere).removedAt()).isNull();
    }
}
