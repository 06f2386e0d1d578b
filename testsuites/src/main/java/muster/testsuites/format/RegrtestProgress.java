package muster.testsuites.format;

import org.jspecify.annotations.Nullable;

/**
 * How far Python's regression tests say that they are: {@code 0:00:09 load avg: 1.00 mem: 8 MiB [ 9/14/1] test_b}, of which
 * what stands before the bracket may lack.
 *
 * @param place which file it is, from 1
 * @param planned how many files there are
 * @param rest where on the line stands what follows the name
 */
record RegrtestProgress(int place, int planned, Name file, int rest) {
    private static final String LOAD = "load avg: ";
    private static final String MEMORY = "mem: ";

    /** What the line says of it, or null. */
    static @Nullable RegrtestProgress of(Line line) {
        int bracket = afterMemory(line, afterLoad(line, afterTime(line)));
        if (line.at(bracket) != '[') {
            return null;
        }
        int from = line.afterSpaces(bracket + 1);
        int bar = line.afterDigits(from);
        int end = line.afterDigits(bar + 1);
        int place = line.number(from, bar);
        int planned = line.at(bar) == '/' ? line.number(bar + 1, end) : -1;
        int close = line.at(end) == '/' && Line.isDigit(line.at(end + 1)) ? line.afterDigits(end + 1) : end;
        int rest = line.afterWord(close + 2);
        boolean is = place >= 0 && planned >= 0 && line.startsWith("] ", close) && rest > close + 2;
        return is ? new RegrtestProgress(place, planned, line.name(close + 2, rest), rest) : null;
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
        int end = from + LOAD.length();
        while (Line.isDigit(line.at(end)) || line.at(end) == '.') {
            end++;
        }
        return line.startsWith(LOAD, from) && line.at(end) == ' ' ? end + 1 : from;
    }

    private static int afterMemory(Line line, int from) {
        int end = line.afterWord(from + MEMORY.length());
        return line.startsWith(MEMORY, from) && line.at(end) == ' ' ? end + 1 : from;
    }
}
