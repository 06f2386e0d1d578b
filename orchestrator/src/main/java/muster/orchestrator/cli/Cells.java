package muster.orchestrator.cli;

import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.matrix.Selector;
import muster.reports.CellKey;

/** The one cell that a person means. */
final class Cells {

    private Cells() {}

    static boolean selects(String selector, List<CellKey> cells) throws ConfigError {
        return cells.stream().anyMatch(Selector.parse(List.of(selector))::selects);
    }

    /** @throws ConfigError when the selector picks none of them, with the word that may have been meant */
    static CellKey one(String selector, List<CellKey> cells) throws ConfigError, Refusal {
        if (cells.isEmpty()) {
            throw Refusal.usage("cannot find a cell '" + selector + "': there are none just now");
        }
        List<CellKey> chosen = Selector.parse(List.of(selector))
                .select(cells.stream().distinct().toList());
        if (chosen.size() > 1) {
            throw Refusal.usage("cannot tell which cell '" + selector + "' means: it selects " + chosen.size() + ", "
                    + String.join(", ", chosen.stream().map(CellKey::toString).toList()) + "; name one");
        }
        return chosen.getFirst();
    }
}
