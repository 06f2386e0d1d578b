package muster.reports.site;

import java.util.List;
import java.util.Objects;
import muster.reports.view.FactChange;

/**
 * What could explain that two attempts differ, the most telling first.
 *
 * @param baseline the run that is compared with
 * @param provenance what differs in it
 * @param packages those added, removed or of another version
 */
public record Changes(long baseline, List<Change> provenance, List<Change> packages) {

    /**
     * One thing then and now; empty where it was not there.
     *
     * @param usual whether it differed between the nights before, too
     */
    public record Change(String name, String before, String now, boolean usual) {}

    static Changes of(long baseline, List<FactChange> facts) {
        return new Changes(
                baseline,
                rows(facts.stream()
                        .filter(each -> each.kind() != FactChange.Kind.PACKAGE)
                        .filter(each -> !each.isMeasured())
                        .toList()),
                rows(facts.stream()
                        .filter(each -> each.kind() == FactChange.Kind.PACKAGE)
                        .toList()));
    }

    private static List<Change> rows(List<FactChange> some) {
        return some.stream()
                .map(each -> new Change(
                        each.name(),
                        Objects.requireNonNullElse(each.before(), ""),
                        Objects.requireNonNullElse(each.now(), ""),
                        each.usual()))
                .toList();
    }
}
