package muster.testsuites.format;

import org.jspecify.annotations.Nullable;

/**
 * How far Python's regression tests say that they are: {@code 0:00:09 load avg: 1.00 mem: 8 MiB [ 9/14/1] test_b}, of which
 * what stands before the bracket may lack.
 *
 * @param from where on the line stands which file it is
 * @param bar behind that
 * @param end behind how many files there are, which stands behind the bar
 * @param rest where on the line stands what follows the name
 */
record RegrtestProgress(int from, int bar, int end, Name file, int rest) {
    private static final Word LOAD = Word.of("load avg: ");
    private static final Word MEMORY = Word.of("mem: ");
    private static final Word CLOSE = Word.of("] ");

    /** What the line says of it, or null. */
    static @Nullable RegrtestProgress of(Line line) {
        int bracket = afterMemory(line, afterLoad(line, afterTime(line)));
        if (line.at(bracket) != '[') {
            return null;
        }
        int from = line.afterSpaces(bracket + 1);
        int bar = line.afterDigits(from);
        int end = line.afterDigits(bar + 1);
        boolean numbers = line.at(bar) == '/' && isNumber(bar - from) && isNumber(end - bar - 1);
        int close = line.at(end) == '/' && Line.isDigit(line.at(end + 1)) ? line.afterDigits(end + 1) : end;
        if (!numbers || !line.startsWith(CLOSE, close)) {
            return null;
        }
        int rest = line.afterWord(close + 2);
        return rest > close + 2 ? new RegrtestProgress(from, bar, end, line.name(close + 2, rest), rest) : null;
    }

    private static boolean isNumber(int digits) {
        return digits > 0 && digits <= Line.MOST_DIGITS;
    }

    /** Which file it is, from 1; as long as this is the line. */
    int place(Line line) {
        return line.number(from, bar);
    }

    /** How many files there are; as long as this is the line. */
    int planned(Line line) {
        return line.number(bar + 1, end);
    }

    private static int afterTime(Line line) {
        int minutes = line.afterDigits(0);
        int seconds = line.afterDigits(minutes + 1);
        int end = line.afterDigits(seconds + 1);
        boolean is = minutes > 0
                && line.at(minutes) == ':'
                && seconds == minutes + 3
                && line.at(seconds) == ':'
                && end == seconds + 3;
        return is && line.at(end) == ' ' ? end + 1 : 0;
    }

    private static int afterLoad(Line line, int from) {
        if (!line.startsWith(LOAD, from)) {
            return from;
        }
        int end = from + LOAD.length();
        while (Line.isDigit(line.at(end)) || line.at(end) == '.') {
            end++;
        }
        return line.at(end) == ' ' ? end + 1 : from;
    }

    private static int afterMemory(Line line, int from) {
        if (!line.startsWith(MEMORY, from)) {
            return from;
        }
        int end = line.afterWord(from + MEMORY.length());
        return line.at(end) == ' ' ? end + 1 : from;
    }
}
