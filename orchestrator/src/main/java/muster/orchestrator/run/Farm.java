package muster.orchestrator.run;

import java.time.Clock;
import java.util.SortedMap;
import muster.orchestrator.home.Home;
import muster.testsuites.RunnerSettings;

/**
 * What every attempt works with.
 *
 * @param home where it keeps its things
 * @param clock the time
 * @param capacity how many guests this host takes
 * @param images what guests boot
 * @param boots how guests come up
 * @param results where ends are stored
 * @param kept guests that outlive their attempts
 * @param board where progress is shown
 * @param runnerSettings how suites are run and followed
 * @param facts of this host and program, for provenance, by dotted name
 */
public record Farm(
        Home home,
        Clock clock,
        Capacity capacity,
        Images images,
        Boots boots,
        Results results,
        KeptGuests kept,
        Board board,
        RunnerSettings runnerSettings,
        SortedMap<String, String> facts) {}
