package muster.reports.view;

import java.time.Duration;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/**
 * How long a case took.
 *
 * @param before how long it took in the baseline, or null where that does not say
 */
public record SlowCase(
        CellKey cell,
        String name,
        Duration duration,
        @Nullable Duration before) {}
