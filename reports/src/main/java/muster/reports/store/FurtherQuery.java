package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import muster.reports.CellKey;
import muster.reports.FurtherInformation;
import muster.reports.FurtherInformation.Resolution;
import muster.testsuites.Verdict;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The cases that are FIP in the newest history of their lanes. */
final class FurtherQuery {

    private FurtherQuery() {}

    private record Newest(CellKey key, long suite, long lane, long run, long attempt) {}

    /** A case of a lane, and since when it is FIP. */
    record Place(long lane, int number, long sinceRun) {}

    static List<FurtherInformation> all(Handle handle) {
        List<FurtherInformation> all = new ArrayList<>();
        places(handle).forEach((information, place) -> all.add(information));
        all.sort(Comparator.comparing(FurtherInformation::lane).thenComparing(FurtherInformation::name));
        return all;
    }

    static Map<FurtherInformation, Place> places(Handle handle) {
        Map<FurtherInformation, Place> places = new HashMap<>();
        Map<Long, Newest> newest = newest(handle);
        Map<Long, int[]> numbers = new HashMap<>();
        BlockScan.verdicts(handle, new ArrayList<>(newest.keySet()), (attempt, verdicts) -> {
            List<Integer> found = new ArrayList<>();
            for (int number = 0; number < verdicts.length; number++) {
                if (verdicts[number] == VerdictCodes.of(Verdict.FIP)) {
                    found.add(number);
                }
            }
            if (!found.isEmpty()) {
                numbers.put(attempt, found.stream().mapToInt(Integer::intValue).toArray());
            }
        });
        Map<Long, Map<Integer, String>> messages = CaseMessages.of(handle, numbers);
        numbers.forEach((attempt, these) -> {
            Newest lane = Known.of(newest, attempt);
            Map<Integer, String> names = CaseNames.names(handle, lane.suite(), these);
            Map<Integer, CaseLines.Streak> streaks = CaseLines.streaks(handle, lane.lane(), lane.run(), these);
            Map<Integer, String> said = messages.getOrDefault(attempt, Map.of());
            for (int number : these) {
                CaseLines.Streak streak = streaks.get(number);
                Place place = new Place(lane.lane(), number, streak == null ? lane.run() : streak.run());
                places.put(
                        new FurtherInformation(
                                lane.key(),
                                Known.of(names, number),
                                place.sinceRun(),
                                said.getOrDefault(number, ""),
                                resolution(handle, place)),
                        place);
            }
        });
        return places;
    }

    private static Map<Long, Newest> newest(Handle handle) {
        Map<Long, Newest> newest = new HashMap<>();
        handle.createQuery("SELECT l.id AS lane, l.suite AS suite_id, l.distribution, s.name AS suite, l.variant, "
                        + "l.driver, c.run, c.history FROM lane l JOIN suite s ON s.id = l.suite JOIN cell c ON c.lane = l.id "
                        + "WHERE c.history IS NOT NULL AND c.run = (SELECT MAX(d.run) FROM cell d WHERE d.lane = l.id "
                        + "AND d.history IS NOT NULL)")
                .map((row, context) -> new Newest(
                        CellLines.key(row),
                        row.getLong("suite_id"),
                        row.getLong("lane"),
                        row.getLong("run"),
                        row.getLong("history")))
                .forEach(lane -> newest.put(lane.attempt(), lane));
        return newest;
    }

    private static @Nullable Resolution resolution(Handle handle, Place place) {
        return handle.createQuery("SELECT " + Decisions.RESOLUTION + " FROM resolution d "
                        + "WHERE d.lane = :lane AND d.case_number = :number AND d.run = :run")
                .bind("lane", place.lane())
                .bind("number", place.number())
                .bind("run", place.sinceRun())
                .map((row, context) -> Decisions.resolution(row))
                .findOne()
                .orElse(null);
    }
}
