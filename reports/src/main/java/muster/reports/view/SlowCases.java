package muster.reports.view;

import java.util.List;

/**
 * Cases of a run that took long.
 *
 * @param slowest those that took longest, the longest first
 * @param slower those that took at least twice as long as in the baseline, and a second more; what became slowest first
 */
public record SlowCases(List<SlowCase> slowest, List<SlowCase> slower) {}
