package muster.reports.view;

import java.util.Comparator;

/** Names a case: its suite, and its name there. */
public record CaseName(String suite, String name) implements Comparable<CaseName> {

    private static final Comparator<CaseName> ORDER =
            Comparator.comparing(CaseName::suite).thenComparing(CaseName::name);

    @Override
    public int compareTo(CaseName other) {
        return ORDER.compare(this, other);
    }
}
