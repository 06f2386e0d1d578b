package muster.reports.store;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import muster.reports.view.CaseName;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;

/** Cases that were bad or changed in the last runs, from the change points alone. */
final class TroubledCases {

    private static final List<Integer> BAD = Arrays.stream(Verdict.values())
            .filter(Verdict::isBad)
            .map(verdict -> (int) VerdictCodes.of(verdict))
            .toList();

    private TroubledCases() {}

    /**
     * A change point tells of a bad case when its verdict is bad and still held when the first of these runs began, and of
     * a changed one when it lies within them and the case was there before.
     */
    static SortedSet<CaseName> ofLastRuns(Handle handle, int runs) {
        long from = handle.createQuery("SELECT COALESCE(MIN(r.number), 0) FROM "
                        + "(SELECT number FROM run ORDER BY number DESC LIMIT :runs) r")
                .bind("runs", runs)
                .mapTo(Long.class)
                .one();
        return handle
                .createQuery("SELECT DISTINCT s.name AS suite, n.name FROM change_point p "
                        + "JOIN lane l ON l.id = p.lane JOIN suite s ON s.id = l.suite "
                        + "JOIN case_name n ON n.suite = l.suite AND n.number = p.case_number "
                        + "WHERE p.verdict IN (<bad>) AND NOT EXISTS (SELECT 1 FROM change_point q "
                        + "WHERE q.lane = p.lane AND q.case_number = p.case_number "
                        + "AND q.run > p.run AND q.run <= :from) "
                        + "OR p.run >= :from AND p.verdict <> :absent AND EXISTS (SELECT 1 FROM change_point q "
                        + "WHERE q.lane = p.lane AND q.case_number = p.case_number AND q.run < p.run)")
                .bindList("bad", BAD)
                .bind("from", from)
                .bind("absent", VerdictCodes.ABSENT)
                .map((row, context) -> new CaseName(row.getString("suite"), row.getString("name")))
                .stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
