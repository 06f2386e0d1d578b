package muster.reports.site;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.view.CaseName;
import muster.reports.view.CaseView;
import muster.reports.view.RunLine;
import muster.reports.view.Took;

/** Writes the pages of cases, those of a suite together. */
final class CaseWriter {

    /** How many cases are asked for at once. */
    private static final int AT_ONCE = 500;

    private final Desk desk;
    private final Folder folder;
    private final int runs;
    private final Map<Long, Instant> dates = new HashMap<>();

    /** @param runs how many a page shows */
    CaseWriter(Desk desk, Folder folder, List<RunLine> known, int runs) {
        this.desk = desk;
        this.folder = folder;
        this.runs = runs;
        known.forEach(run -> dates.put(run.number(), run.queuedAt()));
    }

    void write(Collection<CaseName> cases) throws IOException {
        Map<String, List<String>> bySuite = new TreeMap<>();
        cases.forEach(one ->
                bySuite.computeIfAbsent(one.suite(), suite -> new ArrayList<>()).add(one.name()));
        for (Map.Entry<String, List<String>> suite : bySuite.entrySet()) {
            List<String> names = suite.getValue();
            for (int from = 0; from < names.size(); from += AT_ONCE) {
                write(suite.getKey(), names.subList(from, Math.min(names.size(), from + AT_ONCE)));
            }
        }
    }

    private void write(String suite, List<String> names) throws IOException {
        SortedMap<String, SortedMap<CellKey, List<Took>>> durations =
                desk.comparison().durations(suite, names, runs);
        for (CaseView view : desk.history().caseHistories(suite, names, runs)) {
            SortedMap<CellKey, List<Took>> took = durations.getOrDefault(view.name(), new TreeMap<>());
            String address = Links.page(new CaseName(suite, view.name()));
            String madeFrom = desk.madeFrom(view.toString(), took.toString());
            if (!folder.isMadeFrom(address, madeFrom)) {
                folder.put(address, desk.page("case.ftlh", "../../", madeFrom, CasePage.of(view, took, dates)));
            }
        }
    }
}
