package muster.orchestrator.notify;

import java.time.Instant;
import muster.orchestrator.matrix.Schedule;

/**
 * That a matrix was due and nothing was run of it.
 *
 * @param due when
 * @param why in words for people
 */
public record NotRun(String matrix, Schedule schedule, Instant due, String why) {}
