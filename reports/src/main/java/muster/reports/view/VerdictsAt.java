package muster.reports.view;

import java.time.Instant;
import muster.reports.Counts;

/** The verdicts of some cells of one run, together. */
public record VerdictsAt(long run, Instant queuedAt, Counts counts) {}
