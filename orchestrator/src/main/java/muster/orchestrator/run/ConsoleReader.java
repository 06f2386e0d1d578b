package muster.orchestrator.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a console as far as it goes, again and again, from its first byte on: what it knows is a function of the file
 * alone. A guest writes that file, so a line counts up to {@value #LINE_BYTES} bytes and no more than {@value #LINES} of
 * them are held. Not safe for several threads.
 */
final class ConsoleReader {

    /** How many of the last lines are held. */
    static final int LINES = 100;

    static final int LINE_BYTES = 1_000;

    /** The kernel's own words without the time before them. */
    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing.*");

    private final Path console;
    private final List<Pattern> harmless;
    private final byte[] buffer = new byte[1 << 14];
    private final byte[] line = new byte[LINE_BYTES];
    private final Deque<String> last = new ArrayDeque<>();
    private final Map<ConsoleSign, Integer> counts = new EnumMap<>(ConsoleSign.class);
    private int length;
    private long lineFrom;
    private long offset;
    private @Nullable String panic;

    /**
     * @param console may not be there yet
     * @param harmless lines that tell of no trouble although they look so; a panic is never harmless
     */
    ConsoleReader(Path console, List<Pattern> harmless) {
        this.console = console;
        this.harmless = harmless;
    }

    /**
     * Reads what is new.
     *
     * @param found is told every sign, a panic too, with its line and the line's offset
     * @return whether anything was new
     */
    boolean read(BiConsumer<ConsoleSign, Line> found) throws IOException {
        if (console.toFile().length() <= offset) {
            return false; // one look, for it is asked often: of a file that is not there, too
        }
        long before = offset;
        // Not a channel: whoever reads may be interrupted, and the rest is read all the same.
        try (RandomAccessFile file = new RandomAccessFile(console.toFile(), "r")) {
            file.seek(offset);
            for (int count = file.read(buffer); count > 0; count = file.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    take(buffer[i], found);
                }
            }
        }
        return offset > before;
    }

    /** A line and where it begins. */
    record Line(String text, long offset) {}

    private void take(byte next, BiConsumer<ConsoleSign, Line> found) {
        offset++;
        if (next == '\n') {
            endLine(found);
            lineFrom = offset;
        } else if (length < LINE_BYTES) {
            line[length++] = next;
        }
    }

    private void endLine(BiConsumer<ConsoleSign, Line> found) {
        String text = text();
        length = 0;
        last.addLast(text);
        if (last.size() > LINES) {
            last.removeFirst();
        }
        ConsoleSign.of(text)
                .filter(sign -> sign == ConsoleSign.PANIC || !isHarmless(text))
                .ifPresent(sign -> {
                    counts.merge(sign, 1, Integer::sum);
                    if (sign == ConsoleSign.PANIC && panic == null) {
                        Matcher words = PANIC.matcher(text);
                        panic = words.find() ? words.group() : text;
                    }
                    found.accept(sign, new Line(text, lineFrom));
                });
    }

    private boolean isHarmless(String text) {
        return harmless.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    /** The line so far, for people: a guest's control characters do not reach them. */
    private String text() {
        String raw = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
        StringBuilder plain = new StringBuilder(raw.length());
        raw.codePoints()
                .map(c -> c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** What the kernel said when it gave up, the first time; null as long as it has not. */
    @Nullable
    String panic() {
        return panic;
    }

    /** How often each sign was seen. */
    Map<ConsoleSign, Integer> counts() {
        return counts;
    }

    /** The last lines, at most {@code count} and at most {@value #LINES}, with the one that has no end yet. */
    String tail(int count) {
        List<String> lines = new ArrayList<>(last);
        if (length > 0) {
            lines.add(text());
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - Math.min(count, LINES)), lines.size()));
    }
}
