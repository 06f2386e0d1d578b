package muster.reports.store;

import static muster.reports.store.Samples.CELL;
import static muster.reports.store.Samples.MIDNIGHT;
import static muster.reports.store.Samples.OTHER;
import static muster.reports.store.Samples.fail;
import static muster.reports.store.Samples.pass;
import static muster.reports.store.Samples.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.Attempt;
import muster.reports.Attempt.Kind;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.FurtherInformation;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.GuestRecord;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.RecordedWaiver;
import muster.reports.ResultStore;
import muster.reports.Retention;
import muster.reports.Scope;
import muster.reports.Site;
import muster.reports.Step;
import muster.reports.Waiver;
import muster.reports.view.CellView;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes out of one store and into another, whatever database that stands on. */
abstract class ArchiveContract {

    private static final Clock CLOCK = Clock.fixed(MIDNIGHT.plus(Duration.ofDays(60)), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private ResultStore from;
    private ResultStore into;

    /** Opens the database that runs are read into. */
    abstract JdbiResultStore open(Path folder) throws IOException;

    @BeforeEach
    void openStores() throws IOException {
        from = JdbiResultStore.open(folder.resolve("from"), Clock.systemUTC());
        into = open(folder.resolve("into"));
    }

    @AfterEach
    void closeStores() {
        from.close();
        into.close();
    }

    @Test
    void everyNightIsTheSameInAnotherStore() throws IOException {
        RandomNights nights = new RandomNights(from, 7);
        int count = 5;
        nights.run(count);
        List<FurtherInformation> open = from.waivers().furtherInformation();
        assertThat(open).as("there is something to decide").isNotEmpty();
        for (FurtherInformation each : open) {
            from.waivers()
                    .resolve(
                            each.lane(),
                            each.name(),
                            new Resolution(
                                    each.name().hashCode() % 2 == 0 ? Verdict.PASS : Verdict.FAIL,
                                    "it says so",
                                    "Grace",
                                    MIDNIGHT));
        }
        CellKey pinned = from.history().cells(3).getFirst().cell();
        from.retention().pin(new Retention.Pin(2, null), true);
        from.retention().pin(new Retention.Pin(3, pinned), true);
        for (long run = 1; run <= count; run++) {
            from.close(run, MIDNIGHT.plus(Duration.ofDays(run)));
            Path file = folder.resolve(run + ".tar.zst");
            from.archives().write(run, file, "muster test");
            assertThat(into.archives().read(file)).isEqualTo(run);
        }
        nights.check(into);
        assertThat(into.retention().pins()).isEqualTo(from.retention().pins()).hasSize(2);
        assertThat(into.waivers().furtherInformation())
                .isEqualTo(from.waivers().furtherInformation())
                .allMatch(each -> each.resolution() != null);
        for (long run = 1; run <= count; run++) {
            Path again = folder.resolve(run + "-again.tar.zst");
            into.archives().write(run, again, "another muster");
            assertThat(content(again)).isEqualTo(content(folder.resolve(run + ".tar.zst")));
        }
    }

    @Test
    void allOfARunIsTheSameOnEveryPage() throws IOException {
        from.waivers().add(waiver("wai*"), "Ada", MIDNIGHT.minusSeconds(60));
        RecordedWaiver withdrawn = from.waivers().add(waiver("n*"), "Ada", MIDNIGHT.minusSeconds(50));
        from.waivers()
                .withdraw(
                        withdrawn.number(),
                        new RecordedWaiver.Withdrawal("Ada", MIDNIGHT.plus(Duration.ofDays(9)), "mended"));
        night(0);
        night(1);
        for (long run = 1; run <= 2; run++) {
            from.archives().write(run, file(run), "muster test");
            into.archives().read(file(run));
        }
        Map<String, String> expected = pages(from, "from");
        Map<String, String> pages = pages(into, "into");
        assertThat(pages.keySet()).isEqualTo(expected.keySet());
        pages.forEach((name, page) -> assertThat(page.lines())
                .as(name)
                .containsExactlyElementsOf(expected.get(name).lines().toList()));
        assertThat(into.waivers().of(2, ZoneOffset.UTC).keySet()).containsExactly(CELL);
        assertThat(into.waivers().all())
                .as("the other store's waivers waive nothing here")
                .isEmpty();
        CellView cell = into.history().cell(2, CELL).orElseThrow();
        assertThat(cell.confirmations())
                .isEqualTo(from.history().cell(2, CELL).orElseThrow().confirmations());
        assertThat(cell.confirmations()).hasSize(2);
        try (InputStream journal = into.history().open(cell.files().getFirst())) {
            assertThat(new String(journal.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("journal of night 1\n");
        }
    }

    @Test
    void aRunThatIsHereIsNotReadAgain() throws IOException {
        long run = night(0);
        from.archives().write(run, file(run), "muster test");
        into.archives().read(file(run));
        String why = "its run of nightly, queued at 2026-03-01T00:00:00Z, is here already as run 1";
        assertThatThrownBy(() -> into.archives().read(file(run)))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessage("cannot import " + file(run) + ": " + why);
        assertThatThrownBy(() -> from.archives().read(file(run)))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining(why);
        assertThat(into.history().runs(9)).hasSize(1);
    }

    @Test
    void aRunThatHasNotEndedIsNotWritten() {
        long run = from.queue(Samples.run(CELL));
        assertThatThrownBy(() -> from.archives().write(run, file(run), "muster test"))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageStartingWith("cannot export run 1: it has not ended");
        assertThatThrownBy(() -> from.archives().write(9, file(9), "muster test"))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessage("cannot export run 9: there is none with this number");
        assertThat(file(run)).doesNotExist();
    }

    @Test
    void anOldRunIsReadAsideOfALaneThatHasGoneOn() throws IOException {
        long old = night(0);
        from.archives().write(old, file(old), "muster test");
        NewRun later = new NewRun("here", "cd".repeat(32), MIDNIGHT.plusSeconds(9), Map.of(), List.of(CELL));
        long here = into.queue(later);
        Samples.complete(into, into.begin(here, CELL, Kind.MAIN, MIDNIGHT), pass("always"), pass("other"));
        long imported = into.archives().read(file(old));
        assertThat(into.history().cell(imported, CELL).orElseThrow().cases()).hasSize(4);
        assertThat(into.history()
                        .caseHistory("commands", "always", 9)
                        .orElseThrow()
                        .lanes()
                        .get(CELL))
                .as("the lane goes on as it was")
                .containsExactly(Verdict.PASS, null);
        long next = into.queue(new NewRun("here", "cd".repeat(32), MIDNIGHT.plusSeconds(99), Map.of(), List.of(CELL)));
        Samples.complete(into, into.begin(next, CELL, Kind.MAIN, MIDNIGHT), pass("always"), pass("other"));
        assertThat(into.history().cell(next, CELL).orElseThrow().baselineRun()).isEqualTo(here);
    }

    @Test
    void whatIsNoWholeArchiveLeavesNothing() throws IOException {
        long run = night(0);
        Path good = file(run);
        from.archives().write(run, good, "muster test");
        byte[] bytes = Files.readAllBytes(good);
        Path bad = folder.resolve("bad.tar.zst");
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 7) {
            Files.write(bad, java.util.Arrays.copyOf(bytes, length));
            refused(bad, "");
        }
        for (int at = 20; at < bytes.length; at += 1 + bytes.length / 5) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x10;
            Files.write(bad, changed);
            refused(bad, "");
        }
        Files.writeString(bad, "no archive at all");
        refused(bad, "it is cut short or damaged");
        refused(folder.resolve("none"), "there is no such file");
        assertThat(into.archives().read(good))
                .as("the run's number: none was given before")
                .isEqualTo(1);
    }

    private void refused(Path file, String why) throws IOException {
        assertThatThrownBy(() -> into.archives().read(file))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageStartingWith("cannot import " + file + ": ")
                .hasMessageContaining(why);
        assertThat(into.history().runs(9)).isEmpty();
        Path files = folder.resolve("into").resolve("files");
        if (Files.exists(files)) {
            try (var all = Files.walk(files)) {
                assertThat(all.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    /** A night with all that an archive can tell. */
    private long night(int day) throws IOException {
        Instant at = MIDNIGHT.plus(Duration.ofDays(day));
        long run = from.queue(new NewRun("nightly", "ab".repeat(32), at, Map.of(), List.of(OTHER, CELL)));
        Attempt lost = from.begin(run, CELL, Kind.MAIN, at.plusSeconds(1));
        from.finish(lost, ResultStore.CaseReader.NOTHING, seen -> Samples.ending(Outcome.LOST, false));
        Attempt attempt = from.begin(run, CELL, Kind.RETRY, at.plusSeconds(2));
        from.guest(attempt, new GuestRecord("main", "uml", "tower", "debian-12-1234", at.plusSeconds(3)));
        from.step(attempt, Step.BOOTING, at.plusSeconds(4));
        Path text = Files.writeString(folder.resolve("text"), "journal of night " + day + "\n");
        Ending ending = new Ending(
                Outcome.FAILED,
                "1 case is bad",
                at.plusSeconds(600),
                1,
                true,
                List.of("a note"),
                List.of(
                        from.keep("journal", "journal", text, 0),
                        from.keep("artefact", "deep/er/file.txt", text, 1_000_000)),
                new TreeMap<>(Map.of("kernel.version", "6.12." + day, "suite.version", "x".repeat(70_000))),
                new TreeMap<>(Map.of("libc6", "2.41-" + day)));
        from.finish(
                attempt,
                sink -> {
                    sink.planned(4);
                    sink.result(
                            new CaseResult("always", day == 0 ? Verdict.PASS : Verdict.FAIL, "W", -3, "é\n", null, 4));
                    sink.result(new CaseResult(
                            "waived", Verdict.FAIL, "", null, "m".repeat(11_000), Duration.ofNanos(1), 9));
                    sink.result(fail("n".repeat(600)));
                    sink.result(day == 0 ? pass("flaky") : fail("flaky"));
                },
                seen -> ending);
        if (day > 0) {
            from.confirm(run, CELL, "flaky", new Confirmation(Confirmation.Standing.FLAKY, 1, 2, ""));
            from.confirm(run, CELL, null, new Confirmation(Confirmation.Standing.REGRESSION, 2, 2, ""));
        }
        Attempt again = from.begin(run, CELL, Kind.RERUN, "flaky", at.plusSeconds(900));
        from.finish(again, reading(pass("flaky")), seen -> Samples.ending(Outcome.PASSED, true));
        from.begin(run, OTHER, Kind.MAIN, at);
        Samples.complete(from, from.begin(run, OTHER, Kind.MAIN, at), pass("always"));
        from.close(run, at.plusSeconds(1_000));
        return run;
    }

    private Path file(long run) {
        return folder.resolve("run-" + run + ".tar.zst");
    }

    private static Waiver waiver(String cases) {
        return new Waiver(
                new Scope(cases, "commands", null, null, List.of("debian-*")),
                Waiver.Kind.SUITE_DEFICIENCY,
                "the test is wrong",
                "https://bugs.example.org/1",
                "Ada",
                LocalDate.parse("2026-02-01"),
                LocalDate.parse("2026-12-01"));
    }

    private Map<String, String> pages(ResultStore store, String name) throws IOException {
        Path site = folder.resolve("site-" + name);
        Site.export(store.history(), store.comparison(), store.waivers(), site, CLOCK, ZoneOffset.UTC);
        Map<String, String> pages = new TreeMap<>();
        try (var all = Files.walk(site)) {
            for (Path each : all.filter(path -> path.toString().endsWith(".html"))
                    .filter(path -> !path.endsWith("waivers.html"))
                    .toList()) {
                pages.put(
                        site.relativize(each).toString(),
                        Files.readString(each)
                                .replaceAll("(muster-made-from. content=.)[0-9a-f]+", "$1")
                                .replaceAll("<(a|span) class=.delta.*waived.*", "waived"));
            }
        }
        return pages;
    }

    /** The digest of everything in an archive but its manifest. */
    static String content(Path file) throws IOException {
        try (InputStream in = UnpackedArchive.open(file, UnpackedArchive.ALWAYS)) {
            TarReader tar = new TarReader(in);
            TarReader.Entry entry = tar.next();
            while (entry != null && !entry.name().equals(ArchiveFormat.SUMS)) {
                entry = tar.next();
            }
            String sums = tar.sums();
            return sums.substring(sums.indexOf('\n'));
        }
    }
}
