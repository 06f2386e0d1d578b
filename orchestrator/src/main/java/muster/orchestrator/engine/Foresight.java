package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.images.BaseImage;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.WarmPool;

/**
 * Which guests will be wanted in a moment though no attempt has begun: of runs whose time is near, of matrices that are due soon,
 * and of runs that wait for the end of one of which nothing waits any more. Only for images that are at hand.
 */
final class Foresight {

    /** So long before its time a run is booted ahead for. */
    static final Duration LEAD = Duration.ofMinutes(1);

    /** A run that has begun asks for its images first, and only then for guests. */
    static final Duration LINGER = Duration.ofMinutes(1);

    private final Farm farm;
    private final CellRuns cellRuns;
    private final Clock clock;
    private final Coming coming;
    private final Map<String, Seen> seen = new HashMap<>();

    /** What is to come. */
    interface Coming {
        /** The cells of what begins until then, by a name that it keeps once it has begun. */
        Map<String, List<Cell>> before(Instant until) throws IOException, ConfigError, FarmFailed;
    }

    private record Seen(List<WarmPool.Foreseen> guests, Instant at) {}

    Foresight(Farm farm, CellRuns cellRuns, Clock clock, Coming coming) {
        this.farm = farm;
        this.cellRuns = cellRuns;
        this.clock = clock;
        this.coming = coming;
    }

    /** Looks once; what was foreseen a moment ago still is. */
    void look() throws IOException, ConfigError, FarmFailed {
        Instant now = clock.instant();
        for (Map.Entry<String, List<Cell>> each : coming.before(now.plus(LEAD)).entrySet()) {
            seen.put(each.getKey(), new Seen(guests(each.getValue()), now));
        }
        seen.values().removeIf(each -> each.at().plus(LINGER).isBefore(now));
        farm.boots()
                .foresee(seen.values().stream()
                        .flatMap(each -> each.guests().stream())
                        .toList());
    }

    private List<WarmPool.Foreseen> guests(List<Cell> cells) throws FarmFailed {
        List<WarmPool.Foreseen> guests = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<BaseImage> image = farm.images().atHand(cell);
            image.ifPresent(at -> guests.add(new WarmPool.Foreseen(order(cell, at), cellRuns.need(cell))));
        }
        return guests;
    }

    private Boots.Order order(Cell cell, BaseImage image) {
        return new Boots.Order(
                cell.key().toString(),
                cell.key().driver(),
                image,
                image.disk(),
                false,
                cell.guest(),
                cell.limits().boot(),
                farm.home().pool());
    }
}
