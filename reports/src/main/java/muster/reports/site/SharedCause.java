package muster.reports.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.reports.view.CaseChange;
import muster.reports.view.Cause;

/**
 * What new failures of a run share; packages that changed for the very same failures are one.
 *
 * @param kind {@code message} or {@code package}
 * @param what the message, or each package with its versions
 * @param cases at least two, at most {@value #CASES} of them
 * @param total how many there are
 */
public record SharedCause(String kind, List<String> what, List<CaseChange> cases, int total) {

    static final int CASES = 100;
    private static final int MOST = 20;

    static List<SharedCause> of(List<Cause> causes) {
        Map<Set<Object>, List<Cause>> alike = new LinkedHashMap<>();
        for (Cause cause : causes) {
            Set<Object> key = new HashSet<>(cause.cases());
            key.add(cause.kind().equals("message") ? cause.what() : cause.kind());
            alike.computeIfAbsent(key, each -> new ArrayList<>()).add(cause);
        }
        return alike.values().stream()
                .limit(MOST)
                .map(each -> new SharedCause(
                        each.getFirst().kind(),
                        each.stream().map(Cause::what).toList(),
                        each.getFirst().cases().stream().limit(CASES).toList(),
                        each.getFirst().cases().size()))
                .toList();
    }
}
