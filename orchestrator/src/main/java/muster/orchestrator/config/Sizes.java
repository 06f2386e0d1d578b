package muster.orchestrator.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and disk as people write them, in binary units: {@code 512M} is 512 x 1024 x 1024 bytes. */
public final class Sizes {

    private static final String UNITS = "KMGT";
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([" + UNITS + "])");

    private Sizes() {}

    /**
     * @return bytes
     * @throws IllegalArgumentException when it is none, with a message for people
     */
    public static long parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "cannot read the size " + Words.quoted(text) + ": expected one such as 512M or 3G");
        }
        return Long.parseLong(parts.group(1)) << shift(UNITS.indexOf(parts.group(2)));
    }

    /** In the greatest unit of which there is at least one, to a tenth: {@code 512M}, {@code 1.5G}. */
    public static String format(long bytes) {
        for (int unit = UNITS.length() - 1; unit >= 0; unit--) {
            long size = 1L << shift(unit);
            if (bytes >= size) {
                String number = bytes % size == 0
                        ? Long.toString(bytes / size)
                        : String.format(Locale.ROOT, "%.1f", bytes / (double) size);
                return number + UNITS.charAt(unit);
            }
        }
        return bytes + "B";
    }

    private static int shift(int unit) {
        return 10 * (unit + 1);
    }
}
