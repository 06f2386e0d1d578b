package muster.orchestrator.web;

import java.util.List;

/**
 * Asks to remove what has no reason to stay.
 *
 * @param kinds only these; all where it is empty
 * @param dryRun whether only to say what would go
 */
public record TidyRequest(List<String> kinds, boolean dryRun) {}
