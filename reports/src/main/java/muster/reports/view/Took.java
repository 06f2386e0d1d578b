package muster.reports.view;

import java.time.Duration;

/** How long something took in a run. */
public record Took(long run, Duration duration) {}
