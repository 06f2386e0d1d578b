package muster.reports.view;

import java.util.List;
import muster.reports.CellKey;

/** Something in provenance that is not the same in two runs, and in which of their cells, sorted. */
public record SharedFact(FactChange fact, List<CellKey> cells) {}
