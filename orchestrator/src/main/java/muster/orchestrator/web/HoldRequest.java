package muster.orchestrator.web;

/**
 * What is to be held back, or let go.
 *
 * @param what a run's number, or a selector of cells
 */
public record HoldRequest(String what, boolean hold) {}
