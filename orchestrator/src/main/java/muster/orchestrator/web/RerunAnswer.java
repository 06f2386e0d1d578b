package muster.orchestrator.web;

/**
 * What became of a wish to run again what was bad in a run.
 *
 * @param run the new run's number
 * @param of the earlier one's
 * @param cells how many cells it has
 * @param served whether whoever answers runs it when its turn comes; else it waits for the next that works in the home
 */
public record RerunAnswer(long run, long of, int cells, boolean served) {}
