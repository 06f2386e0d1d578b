package muster.orchestrator.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.view.CaseChange;
import muster.reports.view.CaseView;
import muster.reports.view.Cause;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.Why;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** Comparisons as JSON: cells as their keys, values that are not there as null. */
final class ComparedJson {

    private ComparedJson() {}

    static Map<String, Object> of(Changes changes) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("totals", changes.totals());
        all.put("cases", changes.cases().stream().map(ComparedJson::of).toList());
        all.put("byDistribution", changes.byDistribution());
        all.put("transitions", changes.transitions());
        all.put("onlyBefore", keys(changes.onlyBefore()));
        all.put("onlyNow", keys(changes.onlyNow()));
        return all;
    }

    private static List<String> keys(List<CellKey> cells) {
        return cells.stream().map(CellKey::toString).toList();
    }

    private static Map<String, @Nullable Object> of(CaseChange change) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("change", change.change());
        line.put("cell", change.cell().toString());
        line.put("case", change.name());
        line.put("before", change.before());
        line.put("now", change.now());
        line.put("sinceRun", change.sinceRun());
        line.put("message", change.message());
        return line;
    }

    static Map<String, @Nullable Object> of(FactChange fact) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("kind", fact.kind().name().toLowerCase(Locale.ROOT));
        line.put("name", fact.name());
        line.put("before", fact.before());
        line.put("now", fact.now());
        line.put("usual", fact.usual());
        return line;
    }

    static Map<String, Object> of(Cause cause) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", cause.kind());
        line.put("what", cause.what());
        line.put("cases", cause.cases().stream().map(ComparedJson::of).toList());
        return line;
    }

    static Map<String, @Nullable Object> of(Why why) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("cell", why.cell().toString());
        all.put("case", why.name());
        all.put("verdict", why.verdict());
        all.put("firstBadRun", why.firstBadRun());
        all.put("lastGoodRun", why.lastGoodRun());
        all.put("message", why.message());
        all.put("facts", why.facts().stream().map(ComparedJson::of).toList());
        return all;
    }

    static Map<String, Object> of(CaseView view) {
        List<Map<String, Object>> lanes = new ArrayList<>();
        view.lanes().forEach((lane, verdicts) -> {
            Map<String, @Nullable Verdict> byRun = new LinkedHashMap<>();
            for (int i = 0; i < verdicts.size(); i++) {
                byRun.put(view.runs().get(i).toString(), verdicts.get(i));
            }
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("lane", lane.toString());
            line.put("verdicts", byRun);
            line.put("message", view.messages().getOrDefault(lane, ""));
            lanes.add(line);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("suite", view.suite());
        all.put("case", view.name());
        all.put("lanes", lanes);
        return all;
    }
}
