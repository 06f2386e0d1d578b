package muster.reports.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.view.CaseChange;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.RunView;
import muster.reports.view.SharedFact;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Two runs.
 *
 * @param columns of the transition matrix: what cases are now
 * @param rows what they were before
 * @param groups the cases of each change that is told, the most telling first
 * @param packages that were added, removed or are of another version, those of most cells first
 * @param facts what else differs in provenance
 * @param morePackages how many are left out; {@code moreFacts} likewise
 * @param asOf when it was exported, or null for two runs that have ended
 */
public record ComparePage(
        RunView before,
        RunView now,
        Changes changes,
        List<State> columns,
        List<Row> rows,
        List<Group> groups,
        List<FactRow> packages,
        int morePackages,
        List<FactRow> facts,
        int moreFacts,
        @Nullable Instant asOf) {

    /** How many cases of each change are named. */
    static final int CASES = 200;

    private static final int FACTS = 200;
    private static final List<Change> TOLD =
            List.of(Change.BROKEN, Change.MENDED, Change.ADDED, Change.GONE, Change.STILL_BAD);

    /** What became of the cases that had one verdict; null where there is none. */
    public record Row(State before, List<@Nullable Square> squares) {}

    /** @param kind {@code same}, {@code broken}, {@code mended} or {@code other} */
    public record Square(int cases, String kind, String title) {}

    /** Cases of one change; {@code more} of them are left out. */
    public record Group(Change change, String words, List<Line> cases, int more) {}

    /** A case. */
    public record Line(CaseChange change, State before, State now) {}

    /** A fact that differs. */
    public record FactRow(SharedFact shared, String change) {}

    static ComparePage of(RunView before, RunView now, Changes changes, List<SharedFact> facts, Instant at) {
        Map<String, Square> squares = new HashMap<>();
        TreeSet<Verdict> was = new TreeSet<>();
        TreeSet<Verdict> is = new TreeSet<>();
        boolean added = false;
        boolean gone = false;
        for (Changes.Transition each : changes.transitions()) {
            squares.put(each.before() + " " + each.now(), square(each));
            added |= each.before() == null;
            gone |= each.now() == null;
            Optional.ofNullable(each.before()).ifPresent(was::add);
            Optional.ofNullable(each.now()).ifPresent(is::add);
        }
        List<@Nullable Verdict> across = list(is, gone);
        List<Row> rows = new ArrayList<>();
        for (Verdict then : list(was, added)) {
            List<@Nullable Square> row = new ArrayList<>();
            across.forEach(since -> row.add(squares.get(then + " " + since)));
            rows.add(new Row(absent(then), row));
        }
        List<SharedFact> packages = facts.stream()
                .filter(each -> each.fact().kind() == FactChange.Kind.PACKAGE)
                .toList();
        List<SharedFact> others = facts.stream()
                .filter(each -> each.fact().kind() != FactChange.Kind.PACKAGE)
                .filter(each -> !each.fact().isMeasured())
                .toList();
        boolean ended = before.run().endedAt() != null && now.run().endedAt() != null;
        return new ComparePage(
                before,
                now,
                changes,
                across.stream().map(ComparePage::absent).toList(),
                rows,
                TOLD.stream()
                        .map(change -> group(change, changes))
                        .filter(group -> !group.cases().isEmpty())
                        .toList(),
                rows(packages),
                Math.max(0, packages.size() - FACTS),
                rows(others),
                Math.max(0, others.size() - FACTS),
                ended ? null : at);
    }

    /** The totals by distribution, for the table. */
    public SortedMap<String, Map<Change, Integer>> byDistribution() {
        return new TreeMap<>(changes.byDistribution());
    }

    /** How many cases a change is of. */
    public int total(Change change) {
        return changes.totals().getOrDefault(change, 0);
    }

    private static List<@Nullable Verdict> list(TreeSet<Verdict> verdicts, boolean none) {
        List<@Nullable Verdict> list = new ArrayList<>(verdicts);
        if (none) {
            list.add(null);
        }
        return list;
    }

    private static State absent(@Nullable Verdict verdict) {
        return verdict == null ? new State("none", "not there") : State.of(verdict);
    }

    private static Square square(Changes.Transition each) {
        Change change = Change.of(each.before(), each.now());
        String kind = switch (change) {
            case BROKEN -> "broken";
            case MENDED -> "mended";
            case NONE -> "same";
            case STILL_BAD, ADDED, GONE, OTHER -> each.before() == each.now() ? "same" : "other";
        };
        return new Square(
                each.cases(),
                kind,
                absent(each.before()).word() + " then " + absent(each.now()).word());
    }

    private static Group group(Change change, Changes changes) {
        List<Line> cases = changes.of(change).stream()
                .map(each -> new Line(each, absent(each.before()), absent(each.now())))
                .toList();
        int total = changes.totals().getOrDefault(change, 0);
        String words = switch (change) {
            case BROKEN -> "Newly broken";
            case MENDED -> "Mended";
            case STILL_BAD -> "Bad in both";
            case ADDED -> "New";
            case GONE -> "Gone";
            case OTHER, NONE -> "Otherwise changed";
        };
        return new Group(change, words, cases, total - cases.size());
    }

    private static List<FactRow> rows(List<SharedFact> facts) {
        return facts.stream()
                .limit(FACTS)
                .map(each -> new FactRow(
                        each,
                        each.fact().before() == null
                                ? "added"
                                : each.fact().now() == null ? "removed" : direction(each)))
                .toList();
    }

    private static String direction(SharedFact each) {
        if (each.fact().kind() != FactChange.Kind.PACKAGE) {
            return "changed";
        }
        int order = new PackageOrder()
                .compare(
                        Objects.requireNonNull(each.fact().before()),
                        Objects.requireNonNull(each.fact().now()));
        return order < 0 ? "upgraded" : order > 0 ? "downgraded" : "changed";
    }
}
