package muster.reports;

import java.util.regex.Pattern;

/**
 * Names a cell within a run, and the lane of which it is a square: {@code debian-12~posix~full~uml}. Compared and shown
 * in this form everywhere: store, logs, commands, pages.
 */
public record CellKey(String distribution, String suite, String variant, String driver) implements Comparable<CellKey> {

    /** The name of the one variant of a suite that names none. */
    public static final String DEFAULT_VARIANT = "default";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

    public CellKey {
        for (String part : new String[] {distribution, suite, variant, driver}) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("cannot name a cell with '" + part
                        + "': a part is letters, digits and . _ + -, beginning with a letter or digit");
            }
        }
    }

    /** Reads {@code distribution:suite:variant@driver}. */
    public static CellKey parse(String text) {
        String[] sides = text.split("@", -1);
        String[] parts = sides[0].split(":", -1);
        if (sides.length != 2 || parts.length != 3) {
            throw new IllegalArgumentException(
                    "cannot read the cell '" + text + "': expected distribution:suite:variant@driver");
        }
        return new CellKey(parts[0], parts[1], parts[2], sides[1]);
    }

    /** The same in characters that a file name and a web address may hold: {@code debian-12~posix~full~uml}. */
    public String slug() {
        return distribution + "~" + suite + "~" + variant + "~" + driver;
    }

    @Override
    public int compareTo(CellKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return distribution + ":" + suite + ":" + variant + "@" + driver;
    }
}
