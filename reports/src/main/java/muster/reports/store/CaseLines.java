package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CasePart;
import muster.reports.view.Change;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The cases of one attempt with what the lane says of them. */
final class CaseLines {

    private CaseLines() {}

    /** Which attempt, of which run and lane, compared with which. */
    record Source(
            long suite,
            long lane,
            long run,
            long attempt,
            @Nullable Long baseline) {}

    private record Row(int number, Nature nature, @Nullable Duration duration, long line, long message) {}

    /** A verdict that a lane has had since a run. */
    record Streak(long run, byte verdict) {}

    /** All, bad ones first, then by name. */
    static List<CaseLine> of(Handle handle, Source source) {
        return lines(
                        handle,
                        source,
                        rows(handle, source.attempt(), nature -> true),
                        before(handle, source),
                        streaks(handle, source.lane(), source.run()))
                .sorted(Comparator.comparing((CaseLine line) -> !line.verdict().isBad())
                        .thenComparing(CaseLine::name))
                .toList();
    }

    /** The first {@code most}: newly broken ones, then bad, then changed ones, then the others, each in the journal's order. */
    static List<CaseLine> first(Handle handle, Source source, int most) {
        byte[] before = before(handle, source);
        List<Row> rows = rows(handle, source.attempt(), nature -> true).stream()
                .sorted(Comparator.comparingInt(row ->
                        place(row.nature().verdict(), VerdictCodes.verdictOrAbsent(Compared.at(before, row.number())))))
                .limit(most)
                .toList();
        return some(handle, source, rows, before);
    }

    /** At most so many of those that pass the filter, in the journal's order, from a place among them on. */
    static CasePart part(Handle handle, Source source, CaseFilter filter, int from, int most) {
        List<Row> rows = rows(
                handle, source.attempt(), nature -> filter.verdict() == null || nature.verdict() == filter.verdict());
        if (!filter.name().isEmpty()) {
            Set<Integer> named = CaseNames.containing(handle, source.suite(), numbers(rows), filter.name());
            rows = rows.stream().filter(row -> named.contains(row.number())).toList();
        }
        List<Row> part = rows.stream().skip(from).limit(most).toList();
        return new CasePart(some(handle, source, part, before(handle, source)), rows.size());
    }

    private static int[] numbers(List<Row> rows) {
        return rows.stream().mapToInt(Row::number).toArray();
    }

    private static int place(Verdict now, @Nullable Verdict before) {
        return switch (Change.of(before, now)) {
            case BROKEN -> 0;
            case STILL_BAD -> 1;
            case ADDED -> now.isBad() ? 1 : 3;
            case MENDED, OTHER, GONE -> 2;
            case NONE -> 3;
        };
    }

    private static List<CaseLine> some(Handle handle, Source source, List<Row> rows, byte[] before) {
        return lines(handle, source, rows, before, streaks(handle, source.lane(), source.run(), numbers(rows)))
                .toList();
    }

    private static List<Row> rows(Handle handle, long attempt, Predicate<Nature> which) {
        List<Row> rows = new ArrayList<>();
        Blocks.read(handle, attempt, (number, nature, duration, line, message) -> {
            if (which.test(nature)) {
                rows.add(new Row(number, nature, duration, line, message));
            }
        });
        return rows;
    }

    private static byte[] before(Handle handle, Source source) {
        Long baseline = source.baseline();
        return baseline == null ? new byte[0] : Blocks.verdicts(handle, baseline);
    }

    private static Stream<CaseLine> lines(
            Handle handle, Source source, List<Row> rows, byte[] before, Map<Integer, Streak> streaks) {
        Map<Integer, String> names = CaseNames.names(handle, source.suite(), numbers(rows));
        Map<Long, String> messages =
                Messages.texts(handle, rows.stream().map(Row::message).collect(Collectors.toSet()));
        Map<Integer, Resolution> decided = Decisions.ofCell(handle, source.lane(), source.run());
        return rows.stream()
                .map(row -> new CaseLine(
                        Known.of(names, row.number()),
                        row.nature().verdict(),
                        row.nature().word(),
                        Known.of(messages, row.message()),
                        row.duration(),
                        row.line(),
                        VerdictCodes.verdictOrAbsent(Compared.at(before, row.number())),
                        since(streaks.get(row.number()), row.nature().verdict(), source.run()),
                        decided.get(row.number())));
    }

    /** An attempt that makes no history continues the lane's streak where it agrees with it. */
    private static long since(@Nullable Streak streak, Verdict verdict, long run) {
        return streak != null && streak.verdict() == VerdictCodes.of(verdict) ? streak.run() : run;
    }

    /** The streak of each case up to a run. Points that change nothing, which late attempts leave, are passed over. */
    private static Map<Integer, Streak> streaks(Handle handle, long lane, long run) {
        return streaks(handle.createQuery("SELECT case_number, run, verdict FROM change_point "
                        + "WHERE lane = :lane AND run <= :run ORDER BY case_number, run")
                .bind("lane", lane)
                .bind("run", run));
    }

    /** Of some cases only. */
    static Map<Integer, Streak> streaks(Handle handle, long lane, long run, int[] numbers) {
        return streaks(handle.createQuery(
                        "SELECT u.number, p.run, p.verdict FROM UNNEST(CAST(:numbers AS INTEGER ARRAY)) "
                                + "AS u(number) LEFT JOIN change_point p ON p.lane = :lane AND p.case_number = u.number "
                                + "AND p.run <= :run WHERE p.run IS NOT NULL ORDER BY u.number, p.run")
                .bindArray(
                        "numbers", Integer.class, Arrays.stream(numbers).boxed().toList())
                .bind("lane", lane)
                .bind("run", run));
    }

    private static Map<Integer, Streak> streaks(Query points) {
        Map<Integer, Streak> streaks = new HashMap<>();
        points.map((row, context) -> Map.entry(row.getInt(1), new Streak(row.getLong(2), row.getByte(3))))
                .forEach(point -> streaks.merge(
                        point.getKey(),
                        point.getValue(),
                        (held, next) -> held.verdict() == next.verdict() ? held : next));
        return streaks;
    }
}
