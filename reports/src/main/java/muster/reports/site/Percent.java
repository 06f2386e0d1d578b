package muster.reports.site;

import java.util.Locale;

/** Places in a picture whose width is the reader's, so that its text stays as large as other text. */
final class Percent {

    private Percent() {}

    /** A share of a whole as an SVG length: {@code 12.5%}. */
    static String of(double part, double whole) {
        return String.format(Locale.ROOT, "%.2f%%", whole <= 0 ? 0 : Math.clamp(100 * part / whole, 0, 100));
    }
}
