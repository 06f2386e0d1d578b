package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.images.Recipe;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.matrix.Cell;
import muster.reports.CellKey;
import muster.testsuites.Suite;

/** Cells whose suite is a few lines of shell, run by the user who runs the tests. */
public record TestCells(Path folder) {

    public static final long MEMORY = 64L << 20;

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Cell.Limits PATIENT = new Cell.Limits(LONG, LONG, LONG);
    private static final Recipe RECIPE = new Recipe(
            "debian-12",
            "amd64",
            "for a test",
            new Recipe.Bootstrap(List.of(), true),
            List.of(),
            List.of(),
            null,
            1 << 20,
            List.of(FakeDriver.NAME),
            Recipe.Refresh.DAILY,
            List.of());

    /** A cell with a good while for everything. */
    public Cell cell(String suite, String run) throws IOException {
        return cell(suite, run, PATIENT);
    }

    public Cell cell(String suite, String run, Cell.Limits limits) throws IOException {
        Path files = Files.createDirectories(folder.resolve(suite));
        Files.writeString(files.resolve("run"), "#!/bin/sh\n" + run);
        Files.writeString(
                files.resolve("run-case"), "#!/bin/sh\nprintf 'PASS: %s\\nEND: 1\\n' \"$1\" >>$MUSTER_JOURNAL\n");
        Suite.Variant variant = new Suite.Variant(
                CellKey.DEFAULT_VARIANT, new TreeMap<>(Map.of("DEPTH", "deep")), List.of(), List.of());
        return new Cell(
                new CellKey(RECIPE.distribution(), suite, variant.name(), FakeDriver.NAME),
                RECIPE,
                new Suite(
                        suite,
                        "for a test",
                        files,
                        "toybox",
                        System.getProperty("user.name"),
                        1,
                        null,
                        List.of(),
                        List.of(),
                        new Suite.Commands(null, "run", null, "run-case"),
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(variant.name(), variant)),
                        null,
                        "digest of " + suite),
                variant,
                new Cell.Shape(MEMORY, 1),
                limits);
    }

    /** The same cell, of a suite that says what it will run. */
    Cell listing(Cell cell, String list) throws IOException {
        Suite suite = cell.suite();
        Files.writeString(suite.folder().resolve("list"), "#!/bin/sh\n" + list + "\n");
        return new Cell(
                cell.key(),
                cell.recipe(),
                new Suite(
                        suite.name(),
                        suite.description(),
                        suite.folder(),
                        suite.format(),
                        suite.user(),
                        suite.cpu(),
                        null,
                        List.of(),
                        List.of(),
                        new Suite.Commands(null, "run", "list", "run-case"),
                        suite.environment(),
                        suite.variants(),
                        null,
                        suite.digest()),
                cell.variant(),
                cell.guest(),
                cell.limits());
    }

    /** A cell in several guests; each finds its cases in {@code $MUSTER_CASES}. */
    Cell shards(int shards, Cell.Limits limits, String run, String... cases) throws IOException {
        Cell whole = cell("sharded", run, limits);
        Suite suite = whole.suite();
        Files.writeString(
                suite.folder().resolve("list"), "#!/bin/sh\nprintf '%s\\n' '" + String.join("' '", cases) + "'\n");
        Suite shardable = new Suite(
                suite.name(),
                suite.description(),
                suite.folder(),
                suite.format(),
                suite.user(),
                suite.cpu(),
                suite.memoryBytes(),
                suite.packages(),
                suite.sources(),
                new Suite.Commands(null, "run", "list", "run-case"),
                suite.environment(),
                suite.variants(),
                suite.typical(),
                suite.digest(),
                "",
                true);
        return new Cell(whole.key(), whole.recipe(), shardable, whole.variant(), whole.guest(), limits).sharded(shards);
    }

    /** A good while for everything, and that many retries. */
    public static Cell.Limits retries(int count) {
        return new Cell.Limits(LONG, LONG, LONG, count);
    }

    static Cell.Limits boot(Duration limit) {
        return new Cell.Limits(limit, LONG, LONG);
    }

    static Cell.Limits suite(Duration limit) {
        return new Cell.Limits(LONG, limit, LONG);
    }

    static Cell.Limits silence(Duration limit) {
        return new Cell.Limits(LONG, LONG, limit);
    }
}
