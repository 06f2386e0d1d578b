package muster.reports.view;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param cells all its cells, sorted by key
 * @param broken cases bad now that their lane's baseline had as anything but bad, at most 1,000
 * @param settings what {@code --set} changed
 * @param again how many attempts of each cell have ended that ran something of it again; a cell without is absent
 */
public record RunView(
        RunLine run,
        String matrixDigest,
        Map<String, String> settings,
        List<CellLine> cells,
        List<ChangedCase> broken,
        Map<CellKey, Integer> again) {

    /** One of which nothing was run again. */
    public RunView(
            RunLine run,
            String matrixDigest,
            Map<String, String> settings,
            List<CellLine> cells,
            List<ChangedCase> broken) {
        this(run, matrixDigest, settings, cells, broken, Map.of());
    }

    /**
     * A case whose verdict differs from its lane's baseline.
     *
     * @param confirmation what became of it when it was to be run again, or null
     */
    public record ChangedCase(
            CellKey cell,
            String name,
            String before,
            String now,
            String message,
            @Nullable Confirmation confirmation) {

        /** One that was not to be run again. */
        public ChangedCase(CellKey cell, String name, String before, String now, String message) {
            this(cell, name, before, now, message, null);
        }
    }

    /** How the broken cases stand that were to be run again, e.g. {@code 1 regression, 2 flaky}; empty where none was. */
    public String confirmed() {
        Map<Confirmation.Standing, Integer> counts = new EnumMap<>(Confirmation.Standing.class);
        broken.stream()
                .flatMap(change -> Stream.ofNullable(change.confirmation()))
                .forEach(said -> counts.merge(said.standing(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
