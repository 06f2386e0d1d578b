package muster.reports.site;

import java.util.List;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;

/**
 * A part of the cases of a cell that came to one verdict.
 *
 * @param first the place of its first case among them, from 1
 * @param pages the addresses of all parts, this one among them
 * @param page which one this is, from 1
 */
public record CasesPage(
        CellLine line, State state, List<CaseLine> cases, int first, int count, List<String> pages, int page) {}
