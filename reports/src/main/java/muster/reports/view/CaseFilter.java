package muster.reports.view;

import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are asked for.
 *
 * @param verdict that they came to, or null for any
 * @param name a part of their names, in any case of letters; empty for all
 */
public record CaseFilter(@Nullable Verdict verdict, String name) {}
