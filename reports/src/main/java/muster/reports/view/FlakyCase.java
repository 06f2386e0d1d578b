package muster.reports.view;

import muster.reports.CellKey;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A case that keeps changing its verdict in a lane.
 *
 * @param changes how often it did within the runs asked about
 * @param now its verdict after the last change, or null when it is not there any more
 * @param lastRun the run of the last change
 */
public record FlakyCase(
        CellKey lane, String name, int changes, @Nullable Verdict now, long lastRun) {}
