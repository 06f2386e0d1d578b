package muster.orchestrator.matrix;

import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import muster.images.Recipe;
import muster.reports.CellKey;
import muster.testsuites.Suite;
import org.jspecify.annotations.Nullable;

/**
 * One square of a matrix, with everything that its execution needs to know.
 *
 * @param key its name
 * @param recipe what the guest boots
 * @param suite what it runs
 * @param variant the suite's variant
 * @param guest the guest's shape
 * @param limits how long things may take
 * @param onlyCase the one case that is run, or null for the whole suite
 * @param shards how many guests share its cases; 1 for one guest that runs all
 */
public record Cell(
        CellKey key,
        Recipe recipe,
        Suite suite,
        Suite.Variant variant,
        Shape guest,
        Limits limits,
        @Nullable String onlyCase,
        int shards) {

    /** A cell that runs its whole suite in one guest. */
    public Cell(CellKey key, Recipe recipe, Suite suite, Suite.Variant variant, Shape guest, Limits limits) {
        this(key, recipe, suite, variant, guest, limits, null, 1);
    }

    /** How long the suite says that it takes, by as many guests as share it; or null. */
    public @Nullable Duration typical() {
        Duration alone = suite.typical();
        return alone == null ? null : alone.dividedBy(shards);
    }

    /** The same cell with one case alone. */
    public Cell only(String name) {
        return new Cell(key, recipe, suite, variant, guest, limits, name, 1);
    }

    /** The same cell in that many guests at once. */
    public Cell sharded(int count) {
        return new Cell(key, recipe, suite, variant, guest, limits, onlyCase, count);
    }

    /** The same cell with its whole suite. */
    public Cell whole() {
        return new Cell(key, recipe, suite, variant, guest, limits, null, shards);
    }

    /**
     * A guest's shape.
     *
     * @param memoryBytes its memory
     * @param cpus its processors
     * @param strict whether it boots, though it could be resumed from a template
     * @param network what it reaches
     */
    public record Shape(long memoryBytes, int cpus, boolean strict, Network network) {

        /** That may be resumed, and reaches nothing. */
        public Shape(long memoryBytes, int cpus) {
            this(memoryBytes, cpus, false);
        }

        /** That reaches nothing. */
        public Shape(long memoryBytes, int cpus, boolean strict) {
            this(memoryBytes, cpus, strict, Network.NONE);
        }
    }

    /**
     * How long things may take, and how often they are done again.
     *
     * @param boot from clone to the first SSH command
     * @param suite the suite's whole run
     * @param silence without any new output of the suite
     * @param retries how often an attempt that the farm itself failed is made again
     * @param confirmations how often a new failure is run again, alone, before it is called a regression; 0: none is
     */
    public record Limits(Duration boot, Duration suite, Duration silence, int retries, int confirmations) {

        /** With no new failure run again. */
        public Limits(Duration boot, Duration suite, Duration silence, int retries) {
            this(boot, suite, silence, retries, 0);
        }

        /** With nothing done again. */
        public Limits(Duration boot, Duration suite, Duration silence) {
            this(boot, suite, silence, 0);
        }
    }

    /** What lines of the guest's console look like that are no sign of trouble in this distribution. */
    public List<Pattern> harmlessConsole() {
        return recipe.harmlessConsole();
    }

    /** The environment of the suite's scripts: the suite's own, then the variant's. */
    public SequencedMap<String, String> environment() {
        return suite.environment(variant);
    }
}
