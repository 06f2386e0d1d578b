package muster.orchestrator.matrix;

import java.time.Duration;
import java.util.SequencedMap;
import muster.images.Recipe;
import muster.reports.CellKey;
import muster.testsuites.Suite;

/**
 * One square of a matrix, with everything that its execution needs to know.
 *
 * @param key its name
 * @param recipe what the guest boots
 * @param suite what it runs
 * @param variant the suite's variant
 * @param guest the guest's shape
 * @param limits how long things may take
 */
public record Cell(CellKey key, Recipe recipe, Suite suite, Suite.Variant variant, Shape guest, Limits limits) {

    /** A guest's shape: memory in bytes, processors. */
    public record Shape(long memoryBytes, int cpus) {}

    /**
     * How long things may take.
     *
     * @param boot from clone to the first SSH command
     * @param suite the suite's whole run
     * @param silence without any new output of the suite
     */
    public record Limits(Duration boot, Duration suite, Duration silence) {}

    /** The environment of the suite's scripts: the suite's own, then the variant's. */
    public SequencedMap<String, String> environment() {
        return suite.environment(variant);
    }
}
