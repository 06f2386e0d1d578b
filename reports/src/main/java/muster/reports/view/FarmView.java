package muster.reports.view;

import java.util.List;
import java.util.Map;
import muster.reports.CellKey;

/**
 * The farm at a glance.
 *
 * @param distributions the rows, sorted
 * @param columns the columns: {@code suite:variant@driver}, sorted
 * @param lanes distribution to column to that lane's last runs, the newest last; a square that was never run is absent
 * @param runs the last runs, the newest first
 */
public record FarmView(
        List<String> distributions,
        List<String> columns,
        Map<String, Map<String, List<CellLine>>> lanes,
        List<RunLine> runs) {

    /** The column of a cell. */
    public static String column(CellKey cell) {
        return cell.suite() + ":" + cell.variant() + "@" + cell.driver();
    }
}
