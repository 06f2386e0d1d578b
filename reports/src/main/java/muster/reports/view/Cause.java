package muster.reports.view;

import java.util.List;

/**
 * What several new failures of one run have in common.
 *
 * @param kind {@code message}, or {@code package}
 * @param what the message, or the package with both versions
 * @param cases at least two
 */
public record Cause(String kind, String what, List<CaseChange> cases) {}
