package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.reports.view.CaseLine;
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

    /** Bad ones first, then by name. */
    static List<CaseLine> of(Handle handle, Source source) {
        List<Row> rows = new ArrayList<>();
        Set<Long> messageIds = new HashSet<>();
        Blocks.read(handle, source.attempt(), (number, nature, duration, line, message) -> {
            rows.add(new Row(number, nature, duration, line, message));
            messageIds.add(message);
        });
        Map<Integer, String> names = CaseNames.names(
                handle, source.suite(), rows.stream().mapToInt(Row::number).toArray());
        Map<Long, String> messages = Messages.texts(handle, messageIds);
        Long baseline = source.baseline();
        byte[] before = baseline == null ? new byte[0] : Blocks.verdicts(handle, baseline);
        Map<Integer, Streak> streaks = streaks(handle, source.lane(), source.run());
        return rows.stream()
                .map(row -> new CaseLine(
                        Known.of(names, row.number()),
                        row.nature().verdict(),
                        row.nature().word(),
                        Known.of(messages, row.message()),
                        row.duration(),
                        row.line(),
                        VerdictCodes.verdictOrAbsent(Compared.at(before, row.number())),
                        since(streaks.get(row.number()), row.nature().verdict(), source.run())))
                .sorted(Comparator.comparing((CaseLine line) -> !line.verdict().isBad())
                        .thenComparing(CaseLine::name))
                .toList();
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
