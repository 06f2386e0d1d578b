package muster.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cases something is said of.
 *
 * @param cases the cases' name, in which {@code *} stands for any characters
 * @param suite the suite's name
 * @param from the first version of the suite, or null: from the first one; a suite that tells no version is in no range
 * @param to the last version, or null: up to the newest
 * @param distributions patterns like those of cases; at least one
 */
public record Scope(
        String cases,
        String suite,
        @Nullable String from,
        @Nullable String to,
        List<String> distributions) {

    private static final VersionOrder VERSIONS = new VersionOrder();

    public Scope {
        distributions = List.copyOf(distributions);
        if (cases.isEmpty() || suite.isEmpty() || distributions.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot tell which cases are meant: name cases, suite and distributions");
        }
        if (from != null && to != null && VERSIONS.compare(from, to) > 0) {
            throw new IllegalArgumentException(
                    "cannot use the versions " + from + " to " + to + ": the first is the later");
        }
    }

    /** Whether cases of such a cell can be meant. */
    public boolean holdsFor(CellKey cell, String version) {
        return suite.equals(cell.suite())
                && distributions.stream().anyMatch(pattern -> Glob.matches(pattern, cell.distribution()))
                && isInRange(version);
    }

    private boolean isInRange(String version) {
        if (from == null && to == null) {
            return true;
        }
        return !version.isEmpty()
                && (from == null || VERSIONS.compare(from, version) <= 0)
                && (to == null || VERSIONS.compare(version, to) <= 0);
    }

    /** Whether a case of its suite is meant. */
    public boolean names(String name) {
        return Glob.matches(cases, name);
    }

    /** Whether some distribution of that name is meant. */
    public static boolean matches(String pattern, String distribution) {
        return Glob.matches(pattern, distribution);
    }

    /** For people, e.g. {@code posix from 1.5 to 1.6 on debian-11, debian-12}. */
    public String where() {
        return suite
                + (from == null ? "" : " from " + from)
                + (to == null ? "" : " to " + to)
                + (distributions.equals(List.of("*")) ? "" : " on " + String.join(", ", distributions));
    }
}
