package muster.reports.site;

import java.util.List;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;

/**
 * A part of some cases of a cell: of those that came to one verdict, or of those that were looked for.
 *
 * @param filter which these are
 * @param first the place of its first case among them, from 1
 * @param count how many they are in all
 * @param pages the addresses of all parts, this one among them
 * @param page which one this is, from 1
 */
public record CasesPage(
        CellLine line, CaseFilter filter, List<CaseLine> cases, int first, int count, List<String> pages, int page) {

    /** E.g. {@code Cases that came to PASS} without its first word. */
    public String which() {
        String named = filter.name().isEmpty() ? "" : "whose name has “" + filter.name() + "”";
        String came = filter.verdict() == null ? "" : "that came to " + filter.verdict();
        return named + (named.isEmpty() || came.isEmpty() ? "" : ", ") + came;
    }

    public State state(CaseLine line) {
        return State.of(line.verdict());
    }
}
