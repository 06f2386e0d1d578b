package muster.reports.view;

import org.jspecify.annotations.Nullable;

/**
 * Something in the provenance of two attempts that is not the same.
 *
 * @param name of the package or fact
 * @param before null where it was not there; {@code now} likewise
 * @param usual whether it differed between the nights before, too, and so explains little
 */
public record FactChange(
        Kind kind,
        String name,
        @Nullable String before,
        @Nullable String now,
        boolean usual) {

    /** Whether it is a measurement, which is never the same twice and explains nothing by itself. */
    public boolean isMeasured() {
        return name.startsWith("host.pressure.") || name.equals("guest.pooled");
    }

    /** What a fact is of, the most telling first. */
    public enum Kind {
        PACKAGE,
        KERNEL,
        SUITE,
        MATRIX,
        GUEST,
        IMAGE,
        HOST,
        ORCHESTRATOR;

        /** By the first part of a fact's dotted name. */
        public static Kind of(String fact) {
            return switch (fact.substring(0, Math.max(0, fact.indexOf('.')))) {
                case "kernel" -> KERNEL;
                case "suite", "subject" -> SUITE;
                case "matrix", "limits", "environment" -> MATRIX;
                case "image" -> IMAGE;
                case "host" -> HOST;
                case "orchestrator" -> ORCHESTRATOR;
                default -> GUEST;
            };
        }
    }
}
