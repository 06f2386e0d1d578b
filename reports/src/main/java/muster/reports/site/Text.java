package muster.reports.site;

import java.util.List;
import java.util.Locale;

/**
 * Text from guests, made fit to be read: what would be invisible, would turn the writing direction or would steer a
 * terminal is shown as a sign of its own, and what is endless is cut, saying so. Markup is no concern of this class:
 * the templates escape everything.
 */
public final class Text {

    private static final int NAME = 240;
    private static final int BLOCK = 6_000;
    private static final int LINES = 60;

    /** A name or sentence on one line, at most 240 characters of it. */
    public String line(String text) {
        return cut(text, NAME, true);
    }

    /** Several lines as they stand, at most 60 of them and 6,000 characters. */
    public String block(String text) {
        int end = -1;
        for (int line = 0; line < LINES; line++) {
            end = text.indexOf('\n', end + 1);
            if (end < 0) {
                return cut(text, BLOCK, false);
            }
        }
        String rest = text.substring(end + 1);
        return rest.isEmpty()
                ? cut(text, BLOCK, false)
                : cut(text.substring(0, end), BLOCK, false) + "\n… (cut: "
                        + count(rest.lines().count()) + " more lines)";
    }

    /** {@link #block} by lines; in a unified diff these tell what was taken away and what was added. */
    public List<Line> lines(String text) {
        List<String> lines = block(text).lines().toList();
        boolean diff = lines.stream().anyMatch(line -> line.startsWith("@@ "));
        return lines.stream()
                .map(line -> new Line(diff ? kind(line) : "same", line))
                .toList();
    }

    private static String kind(String line) {
        if (line.startsWith("--- ") || line.startsWith("+++ ") || line.startsWith("@@ ")) {
            return "heading";
        }
        return line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
    }

    /** A line: a diff's {@code heading}, {@code added}, {@code removed}, or the {@code same} as ever. */
    public record Line(String kind, String text) {}

    /** All of it, however long, over several lines. */
    public String whole(String text) {
        return cut(text, Integer.MAX_VALUE, false);
    }

    /** The first line that is not blank, as {@link #line}. */
    public String first(String text) {
        return line(text.lines().filter(each -> !each.isBlank()).findFirst().orElse(""));
    }

    /** A number for people: {@code 1,106}. */
    public String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and its noun: {@code 1 case}, {@code 2 cases}. */
    public String plural(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A size for people: {@code 12.3 MB}. */
    public String size(long bytes) {
        if (bytes < 1_000) {
            return plural(bytes, "byte");
        }
        double kilo = bytes / 1e3;
        return kilo < 1_000
                ? String.format(Locale.ROOT, "%.1f kB", kilo)
                : kilo < 1e6
                        ? String.format(Locale.ROOT, "%.1f MB", kilo / 1e3)
                        : String.format(Locale.ROOT, "%.1f GB", kilo / 1e6);
    }

    private String cut(String text, int limit, boolean oneLine) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), limit) + 16);
        int at = 0;
        for (int taken = 0; at < text.length() && taken < limit; taken++) {
            int point = text.codePointAt(at);
            show(point, oneLine, shown);
            at += Character.charCount(point);
        }
        if (at < text.length()) {
            shown.append("… (cut: ").append(count(text.length())).append(" characters)");
        }
        return shown.toString();
    }

    private static void show(int point, boolean oneLine, StringBuilder shown) {
        if (!oneLine && (point == '\n' || point == '\t')) {
            shown.append((char) point);
        } else if (isOdd(point)) {
            shown.append('⟨').append(word(point)).append('⟩');
        } else {
            shown.appendCodePoint(point);
        }
    }

    private static String word(int point) {
        return switch (point) {
            case 0 -> "NUL";
            case 7 -> "BEL";
            case 8 -> "BS";
            case '\t' -> "TAB";
            case '\n' -> "LF";
            case '\r' -> "CR";
            case 0x1b -> "ESC";
            default -> String.format(Locale.ROOT, "U+%04X", point);
        };
    }

    private static boolean isOdd(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (point & 0xfffe) == 0xfffe;
        };
    }
}
