package muster.reports.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.History;

/** The attempts that stand for the cells of a run. */
final class Shown {

    private Shown() {}

    /** Cells that never began an attempt are absent. */
    static Map<CellKey, Attempt> of(History history, long run) {
        return history.shown(run).stream()
                .collect(Collectors.toMap(Attempt::cell, Function.identity(), (one, same) -> one, TreeMap::new));
    }
}
