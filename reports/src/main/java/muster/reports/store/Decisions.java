package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.Outcome;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What people's decisions on further information make of a cell. What was found stays as it was found; a cell that passed is
 * shown as failed as soon as a case of it was decided FAIL, in each run of the streak of FIP that was decided.
 */
final class Decisions {

    private static final int FIP = VerdictCodes.of(Verdict.FIP);

    /** Whether the streak of FIP that decision {@code d} was of lasts in the run of cell {@code c} of its lane. */
    static final String LASTS = "d.run <= c.run AND NOT EXISTS (SELECT 1 FROM change_point p WHERE p.lane = d.lane "
            + "AND p.case_number = d.case_number AND p.run > d.run AND p.run <= c.run AND p.verdict <> " + FIP + ")";

    /** How many cases of cell {@code c} were decided FAIL. */
    static final String FAILED_OF_CELL =
            "(SELECT COUNT(*) FROM resolution d WHERE d.lane = c.lane AND d.decision = 'FAIL' AND " + LASTS + ")";

    static final String RESOLUTION = "d.decision, d.reason, d.author, d.resolved_at";

    private Decisions() {}

    /** What was decided of the streak before stays. */
    static void addUnlessThere(Handle handle, FurtherQuery.Place place, Resolution resolution) {
        handle.createUpdate("INSERT INTO resolution (lane, case_number, run, decision, reason, author, resolved_at) "
                        + "SELECT CAST(:lane AS BIGINT), CAST(:number AS INTEGER), CAST(:run AS BIGINT), "
                        + "CAST(:decision AS VARCHAR), CAST(:reason AS VARCHAR), CAST(:author AS VARCHAR), "
                        + "CAST(:at AS BIGINT) WHERE NOT EXISTS (SELECT 1 FROM resolution d "
                        + "WHERE d.lane = :lane AND d.case_number = :number AND d.run = :run)")
                .bind("lane", place.lane())
                .bind("number", place.number())
                .bind("run", place.sinceRun())
                .bind("decision", resolution.decision().name())
                .bind("reason", resolution.reason())
                .bind("author", resolution.author())
                .bind("at", resolution.at().toEpochMilli())
                .execute();
    }

    /** What holds for the cases of a lane in a run, by number. */
    static Map<Integer, Resolution> ofCell(Handle handle, long lane, long run) {
        return handle.createQuery("SELECT d.case_number, " + RESOLUTION + " FROM resolution d "
                        + "JOIN cell c ON c.lane = d.lane WHERE d.lane = :lane AND c.run = :run AND " + LASTS)
                .bind("lane", lane)
                .bind("run", run)
                .map((row, context) -> Map.entry(row.getInt("case_number"), resolution(row)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What holds for the cases of a run, by cell and name. */
    static SortedMap<CellKey, SortedMap<String, Resolution>> ofRun(Handle handle, long run) {
        SortedMap<CellKey, SortedMap<String, Resolution>> all = new TreeMap<>();
        handle.createQuery("SELECT l.distribution, s.name AS suite, l.variant, l.driver, n.name, " + RESOLUTION
                        + " FROM resolution d JOIN cell c ON c.lane = d.lane JOIN lane l ON l.id = d.lane "
                        + "JOIN suite s ON s.id = l.suite "
                        + "JOIN case_name n ON n.suite = l.suite AND n.number = d.case_number "
                        + "WHERE c.run = :run AND " + LASTS)
                .bind("run", run)
                .map((row, context) -> Map.entry(CellLines.key(row), Map.entry(row.getString("name"), resolution(row))))
                .forEach(one -> all.computeIfAbsent(one.getKey(), cell -> new TreeMap<>())
                        .put(one.getValue().getKey(), one.getValue().getValue()));
        return all;
    }

    /** Of the columns {@link #RESOLUTION}. */
    static Resolution resolution(ResultSet row) throws SQLException {
        return new Resolution(
                Verdict.valueOf(Objects.requireNonNull(row.getString("decision"))),
                row.getString("reason"),
                row.getString("author"),
                Instant.ofEpochMilli(row.getLong("resolved_at")));
    }

    /** How a cell stands, and why. */
    record Judged(@Nullable Outcome outcome, String why) {}

    static Judged judge(@Nullable Outcome outcome, String why, long failed) {
        return outcome == Outcome.PASSED && failed > 0
                ? new Judged(
                        Outcome.FAILED,
                        failed == 1
                                ? "a person decided FAIL for a case that gave further information"
                                : "people decided FAIL for " + failed + " cases that gave further information")
                : new Judged(outcome, why);
    }
}
