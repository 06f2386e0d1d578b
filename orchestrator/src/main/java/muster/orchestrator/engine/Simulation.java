package muster.orchestrator.engine;

import java.time.Clock;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.run.SimulatedGuests;

/**
 * Time, host and guests that are only simulated, for measurements and tests of whole nights: the queue, the engine and the
 * store are the farm's own.
 *
 * @param budget what guests may use together
 * @param boots how many may boot at once
 */
public record Simulation(Clock clock, FarmConfig.Budget budget, int boots, SimulatedGuests guests) {}
