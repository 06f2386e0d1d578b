package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.view.CaseChange;
import muster.reports.view.Change;
import muster.reports.view.Changes;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What became of all cases of a run: a scan of its blocks and of those that it is compared with. */
final class ChangesQuery {

    private static final int CODES = Verdict.values().length + 1;

    private final Handle handle;
    private final long run;
    private final int most;
    private final SortedMap<String, Map<Change, Integer>> byDistribution = new TreeMap<>();
    private final Map<Change, Integer> totals = new EnumMap<>(Change.class);
    private final int[][] transitions = new int[CODES][CODES];
    private final Map<Change, Integer> found = new EnumMap<>(Change.class);
    private final List<Listed> listed = new ArrayList<>();

    /** A case that is to be named. */
    private record Listed(Pairs.Pair pair, int number, byte before, byte now) {}

    private ChangesQuery(Handle handle, long run, int most) {
        this.handle = handle;
        this.run = run;
        this.most = most;
    }

    /** @param run the later one */
    static Changes of(Handle handle, long run, List<Pairs.Pair> pairs, int most) {
        ChangesQuery query = new ChangesQuery(handle, run, most);
        query.compare(pairs.stream().filter(Pairs.Pair::isWhole).toList());
        return new Changes(
                query.named(),
                query.totals,
                query.byDistribution,
                query.squares(),
                keys(pairs.stream().filter(pair -> pair.now() == null)),
                keys(pairs.stream().filter(pair -> pair.before() == null)));
    }

    private static List<CellKey> keys(Stream<Pairs.Pair> pairs) {
        return pairs.map(Pairs.Pair::cell).toList();
    }

    private void compare(List<Pairs.Pair> pairs) {
        Map<Long, byte[]> verdicts = new HashMap<>();
        List<Long> attempts = pairs.stream()
                .flatMap(pair -> Stream.of(pair.before(), pair.now()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        BlockScan.verdicts(handle, attempts, verdicts::put);
        byte[] none = {};
        for (Pairs.Pair pair : pairs) {
            compare(pair, verdicts.getOrDefault(pair.before(), none), verdicts.getOrDefault(pair.now(), none));
        }
    }

    private void compare(Pairs.Pair pair, byte[] before, byte[] now) {
        int[][] squares = new int[CODES][CODES];
        for (int number = 0; number < Math.max(before.length, now.length); number++) {
            byte then = Compared.at(before, number);
            byte since = Compared.at(now, number);
            squares[then][since]++;
            Verdict verdict = VerdictCodes.verdictOrAbsent(then);
            if (then != since || (verdict != null && verdict.isBad())) {
                list(pair, number, then, since);
            }
        }
        Map<Change, Integer> here =
                byDistribution.computeIfAbsent(pair.cell().distribution(), key -> new EnumMap<>(Change.class));
        for (int then = 0; then < CODES; then++) {
            for (int since = 0; since < CODES; since++) {
                int cases = squares[then][since];
                if (cases > 0 && then + since > 0) {
                    transitions[then][since] += cases;
                    Change change = change(then, since);
                    here.merge(change, cases, Integer::sum);
                    totals.merge(change, cases, Integer::sum);
                }
            }
        }
    }

    private void list(Pairs.Pair pair, int number, byte before, byte now) {
        Change change = change(before, now);
        if (change != Change.OTHER && found.merge(change, 1, Integer::sum) <= most) {
            listed.add(new Listed(pair, number, before, now));
        }
    }

    private List<CaseChange> named() {
        Map<Pairs.Pair, List<Listed>> byPair = new HashMap<>();
        listed.forEach(each ->
                byPair.computeIfAbsent(each.pair(), pair -> new ArrayList<>()).add(each));
        List<CaseChange> changes = new ArrayList<>();
        Map<Long, Map<Integer, String>> messages = CaseMessages.of(
                handle,
                byPair.entrySet().stream()
                        .collect(
                                HashMap::new,
                                (map, entry) -> map.put(
                                        Objects.requireNonNull(entry.getKey().now()), numbers(entry.getValue())),
                                HashMap::putAll));
        byPair.forEach((pair, cases) -> {
            int[] numbers = numbers(cases);
            Map<Integer, String> names = CaseNames.names(handle, pair.suite(), numbers);
            Map<Integer, CaseLines.Streak> streaks = CaseLines.streaks(handle, pair.lane(), run, numbers);
            Map<Integer, String> said = messages.getOrDefault(Objects.requireNonNull(pair.now()), Map.of());
            for (Listed each : cases) {
                CaseLines.Streak streak = streaks.get(each.number());
                changes.add(new CaseChange(
                        pair.cell(),
                        Known.of(names, each.number()),
                        VerdictCodes.verdictOrAbsent(each.before()),
                        VerdictCodes.verdictOrAbsent(each.now()),
                        said.getOrDefault(each.number(), ""),
                        streak != null && streak.verdict() == each.now() ? (Long) streak.run() : null));
            }
        });
        changes.sort(Comparator.comparing(CaseChange::change)
                .thenComparing(CaseChange::cell)
                .thenComparing(CaseChange::name));
        return changes;
    }

    private static int[] numbers(List<Listed> cases) {
        return cases.stream().mapToInt(Listed::number).toArray();
    }

    private List<Changes.Transition> squares() {
        List<Changes.Transition> squares = new ArrayList<>();
        for (int then = 0; then < CODES; then++) {
            for (int since = 0; since < CODES; since++) {
                if (transitions[then][since] > 0) {
                    squares.add(new Changes.Transition(
                            VerdictCodes.verdictOrAbsent(then),
                            VerdictCodes.verdictOrAbsent(since),
                            transitions[then][since]));
                }
            }
        }
        squares.sort(Comparator.comparingInt((Changes.Transition square) -> -square.cases()));
        return squares;
    }

    private static Change change(int before, int now) {
        @Nullable Verdict then = VerdictCodes.verdictOrAbsent(before);
        return Change.of(then, VerdictCodes.verdictOrAbsent(now));
    }
}
