package muster.orchestrator.matrix;

import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/**
 * Cells that a matrix leaves out. What is null does not matter.
 *
 * @param distribution only this one
 * @param suite only this one
 * @param variant only this one of the suite's
 * @param driver only cells that this one would run
 * @param reason why
 */
public record Exclusion(
        @Nullable String distribution,
        @Nullable String suite,
        @Nullable String variant,
        @Nullable String driver,
        String reason) {

    public boolean matches(CellKey cell) {
        return isOrAny(distribution, cell.distribution())
                && isOrAny(suite, cell.suite())
                && isOrAny(variant, cell.variant())
                && isOrAny(driver, cell.driver());
    }

    private static boolean isOrAny(@Nullable String wanted, String word) {
        return wanted == null || wanted.equals(word);
    }
}
