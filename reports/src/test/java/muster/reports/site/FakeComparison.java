package muster.reports.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.Comparison;
import muster.reports.Counts;
import muster.reports.view.CaseChange;
import muster.reports.view.CaseLine;
import muster.reports.view.Cause;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.reports.view.FactChange;
import muster.reports.view.FlakyCase;
import muster.reports.view.RunView;
import muster.reports.view.SharedFact;
import muster.reports.view.SlowCase;
import muster.reports.view.SlowCases;
import muster.reports.view.Took;
import muster.reports.view.VerdictsAt;
import muster.reports.view.Why;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** Compares what a {@link FakeHistory} holds, in the plainest way. */
record FakeComparison(FakeHistory history) implements Comparison {

    @Override
    public Changes sinceBaseline(long run, int most) {
        throw new UnsupportedOperationException("no page asks for it");
    }

    @Override
    public Changes between(long before, long now, int most) {
        List<CaseChange> changes = new ArrayList<>();
        Map<Change, Integer> totals = new EnumMap<>(Change.class);
        SortedMap<String, Map<Change, Integer>> byDistribution = new TreeMap<>();
        Map<List<@Nullable Verdict>, Integer> squares = new LinkedHashMap<>();
        List<CellKey> onlyBefore = new ArrayList<>();
        List<CellKey> onlyNow = new ArrayList<>();
        history.cells.get(now).forEach((key, view) -> {
            CellView old = history.cells.get(before).get(key);
            if (view.cases().isEmpty() || old == null || old.cases().isEmpty()) {
                (view.cases().isEmpty() ? onlyBefore : onlyNow).add(key);
                return;
            }
            Map<String, CaseLine> then = byName(old);
            Map<String, CaseLine> since = byName(view);
            TreeSet<String> names = new TreeSet<>(then.keySet());
            names.addAll(since.keySet());
            for (String name : names) {
                Verdict was = then.containsKey(name) ? then.get(name).verdict() : null;
                Verdict is = since.containsKey(name) ? since.get(name).verdict() : null;
                Change change = Change.of(was, is);
                totals.merge(change, 1, Integer::sum);
                byDistribution
                        .computeIfAbsent(key.distribution(), each -> new EnumMap<>(Change.class))
                        .merge(change, 1, Integer::sum);
                squares.merge(java.util.Arrays.asList(was, is), 1, Integer::sum);
                if (change != Change.NONE && change != Change.OTHER && totals.get(change) <= most) {
                    changes.add(new CaseChange(
                            key,
                            name,
                            was,
                            is,
                            is == null ? "" : since.get(name).message(),
                            null));
                }
            }
        });
        changes.sort(Comparator.comparing(CaseChange::change)
                .thenComparing(CaseChange::cell)
                .thenComparing(CaseChange::name));
        return new Changes(
                changes,
                totals,
                byDistribution,
                squares.entrySet().stream()
                        .map(each -> new Changes.Transition(
                                each.getKey().get(0), each.getKey().get(1), each.getValue()))
                        .toList(),
                onlyBefore,
                onlyNow);
    }

    private static Map<String, CaseLine> byName(CellView view) {
        Map<String, CaseLine> byName = new HashMap<>();
        view.cases().forEach(line -> byName.put(line.name(), line));
        return byName;
    }

    @Override
    public List<Cause> causes(long run) {
        Map<String, List<CaseChange>> byMessage = new LinkedHashMap<>();
        List<CaseChange> all = new ArrayList<>();
        for (RunView.ChangedCase one : history.runs.get(run).broken()) {
            CaseChange change = new CaseChange(
                    one.cell(),
                    one.name(),
                    Verdict.valueOf(one.before()),
                    Verdict.valueOf(one.now()),
                    one.message(),
                    run);
            byMessage
                    .computeIfAbsent(one.message(), message -> new ArrayList<>())
                    .add(change);
            all.add(change);
        }
        List<Cause> causes = new ArrayList<>();
        byMessage.forEach((message, cases) -> {
            if (cases.size() > 1) {
                causes.add(new Cause("message", message, cases));
            }
        });
        if (all.size() > 1 && run >= 12) {
            causes.add(new Cause("package", "coreutils 9.1-1+b2 -> 9.5-1", all));
            causes.add(new Cause("package", "libzstd1 (not there) -> 1.5.6+dfsg-1", all));
        }
        return causes;
    }

    @Override
    public List<Cause> causes(long before, long now) {
        throw new UnsupportedOperationException("no page asks for it");
    }

    @Override
    public List<FactChange> facts(CellKey cell, long before, long now) {
        CellView old = history.cells.get(before).get(cell);
        CellView view = history.cells.get(now).get(cell);
        List<FactChange> changes = new ArrayList<>();
        if (!old.provenance().isEmpty() && !view.provenance().isEmpty()) {
            differing(changes, FactChange.Kind.PACKAGE, old.packages(), view.packages());
            differing(changes, null, old.provenance(), view.provenance());
        }
        return changes;
    }

    private static void differing(
            List<FactChange> changes,
            FactChange.@Nullable Kind kind,
            SortedMap<String, String> before,
            SortedMap<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            if (!Objects.equals(before.get(name), now.get(name))) {
                changes.add(new FactChange(
                        kind == null ? FactChange.Kind.of(name) : kind, name, before.get(name), now.get(name), false));
            }
        }
    }

    @Override
    public List<SharedFact> facts(long before, long now) {
        Map<FactChange, List<CellKey>> cells = new LinkedHashMap<>();
        history.cells.get(now).keySet().forEach(cell -> {
            if (history.cells.get(before).containsKey(cell)) {
                facts(cell, before, now)
                        .forEach(fact -> cells.computeIfAbsent(fact, each -> new ArrayList<>())
                                .add(cell));
            }
        });
        return cells.entrySet().stream()
                .map(each -> new SharedFact(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public Optional<Why> why(long run, CellKey cell, String name) {
        throw new UnsupportedOperationException("no page asks for it");
    }

    @Override
    public List<FlakyCase> flaky(int runs, int changes) {
        throw new UnsupportedOperationException("no page asks for it");
    }

    @Override
    public SlowCases slow(long run, int most) {
        return new SlowCases(
                slow(run)
                        .sorted(Comparator.comparing(SlowCase::duration).reversed())
                        .limit(most)
                        .toList(),
                slow(run)
                        .filter(slow -> slow.before() != null
                                && slow.duration().compareTo(slow.before().multipliedBy(2)) >= 0)
                        .limit(most)
                        .toList());
    }

    private Stream<SlowCase> slow(long run) {
        return history.cells.get(run).entrySet().stream().flatMap(cell -> {
            CellView old = history.cells.getOrDefault(run - 1, Map.of()).get(cell.getKey());
            Map<String, CaseLine> before = old == null ? Map.of() : byName(old);
            return cell.getValue().cases().stream()
                    .filter(line -> line.duration() != null)
                    .map(line -> new SlowCase(
                            cell.getKey(),
                            line.name(),
                            line.duration(),
                            before.containsKey(line.name())
                                    ? before.get(line.name()).duration()
                                    : null));
        });
    }

    @Override
    public SortedMap<String, SortedMap<CellKey, List<Took>>> durations(
            String suite, Collection<String> names, int runs) {
        SortedMap<String, SortedMap<CellKey, List<Took>>> all = new TreeMap<>();
        TreeSet<String> wanted = new TreeSet<>(names);
        history.cells.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(run -> run.getValue()
                        .forEach((key, view) -> view.cases().stream()
                                .filter(line -> key.suite().equals(suite)
                                        && line.duration() != null
                                        && wanted.contains(line.name()))
                                .forEach(line -> all.computeIfAbsent(line.name(), name -> new TreeMap<>())
                                        .computeIfAbsent(key, each -> new ArrayList<>())
                                        .add(new Took(run.getKey(), line.duration())))));
        return all;
    }

    @Override
    public List<VerdictsAt> verdicts(@Nullable String distribution, @Nullable String suite, int runs) {
        List<VerdictsAt> nights = new ArrayList<>();
        for (RunView run : history.runs.values()) {
            Map<Verdict, Integer> counts = new TreeMap<>();
            for (CellLine line : run.cells()) {
                line.counts().byVerdict().forEach((verdict, count) -> counts.merge(verdict, count, Integer::sum));
            }
            nights.add(new VerdictsAt(run.run().number(), run.run().queuedAt(), new Counts(counts)));
        }
        return nights;
    }
}
