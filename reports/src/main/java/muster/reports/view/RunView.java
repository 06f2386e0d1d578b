package muster.reports.view;

import java.util.List;
import java.util.Map;

/**
 * One run.
 *
 * @param cells all its cells, sorted by key
 * @param broken cases bad now that their lane's baseline had as anything but bad, at most 1,000
 * @param settings what {@code --set} changed
 */
public record RunView(
        RunLine run,
        String matrixDigest,
        Map<String, String> settings,
        List<CellLine> cells,
        List<ChangedCase> broken) {

    /** A case whose verdict differs from its lane's baseline. */
    public record ChangedCase(muster.reports.CellKey cell, String name, String before, String now, String message) {}
}
