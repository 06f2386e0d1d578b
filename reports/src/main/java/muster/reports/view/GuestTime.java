package muster.reports.view;

import java.time.Instant;
import java.util.SortedMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A guest of a run on its host.
 *
 * @param endedAt when its attempt ended, or null while that is under way
 * @param outcome of its attempt, likewise
 * @param pressure per cent of the attempt's time for which work on the host waited, by {@code cpu}, {@code io} and
 *     {@code memory}; without those that are not known
 */
public record GuestTime(
        CellKey cell,
        Attempt.Kind kind,
        GuestRecord guest,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        SortedMap<String, Integer> pressure) {}
