package muster.orchestrator.web;

/**
 * What became of a {@link QueueRequest}.
 *
 * @param run its number
 * @param served whether whoever answers runs it when its turn comes; else it waits for the next that works in the home
 */
public record QueueAnswer(long run, boolean served) {}
