package muster.orchestrator.cli;

import java.util.Locale;
import muster.reports.store.StoreBench.Figure;

/** How a figure of the report database stands in a table. */
final class FigureWords {

    private FigureWords() {}

    static String holds(Figure figure) {
        return figure.holds() ? "yes" : "no";
    }

    static String measured(Figure figure) {
        return String.format(Locale.ROOT, "%,.1f", figure.measured());
    }

    static String target(Figure figure) {
        return String.format(Locale.ROOT, "%s %,.0f", figure.atLeast() ? ">=" : "<=", figure.target());
    }
}
