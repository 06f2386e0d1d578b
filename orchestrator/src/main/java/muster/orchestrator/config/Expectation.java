package muster.orchestrator.config;

import muster.reports.Scope;

/**
 * Cases that are known to fail on a distribution: not a person's acceptance, but what is the case.
 *
 * @param scope which cases
 * @param reason why they fail
 * @param reference where that was found out, or empty
 * @param place where it stands, for people
 */
public record Expectation(Scope scope, String reason, String reference, Place place) {}
