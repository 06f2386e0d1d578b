package muster.testsuites.format;

/**
 * How far Python's regression tests said last that they are: {@code 0:00:09 load avg: 1.00 mem: 8 MiB [ 9/14/1] test_b}, of
 * which what stands before the bracket may lack. All else is told of the line that was read, as long as it is the line.
 */
final class RegrtestProgress {
    private static final Shape TIME = Shape.of("0:00:00 ");
    private static final Shape AVERAGE = Shape.of("0.00 ");
    private static final Word LOAD = Word.of("load avg: ");
    private static final Word MEMORY = Word.of("mem: ");
    private static final Word CLOSE = Word.of("] ");

    private int placeAt;
    private int placeEnd;
    private int plannedEnd;
    private int fileAt;
    private int fileEnd;

    /** Whether the line says it; if so, it is what all the others tell of until the next is read. */
    boolean read(Line line) {
        int bracket = afterMemory(line, afterLoad(line, afterTime(line)));
        if (line.at(bracket) != '[') {
            return false;
        }
        placeAt = line.afterSpaces(bracket + 1);
        placeEnd = line.afterDigits(placeAt);
        plannedEnd = line.afterDigits(placeEnd + 1);
        boolean numbers =
                line.at(placeEnd) == '/' && isNumber(placeEnd - placeAt) && isNumber(plannedEnd - placeEnd - 1);
        boolean failures = line.at(plannedEnd) == '/' && Line.isDigit(line.at(plannedEnd + 1));
        int close = failures ? line.afterDigits(plannedEnd + 1) : plannedEnd;
        if (!numbers || !line.startsWith(CLOSE, close)) {
            return false;
        }
        fileAt = close + CLOSE.length();
        fileEnd = line.afterWord(fileAt);
        return fileEnd > fileAt;
    }

    private static boolean isNumber(int digits) {
        return digits > 0 && digits <= Line.MOST_DIGITS;
    }

    /** Which file it is, from 1. */
    int place(Line line) {
        return line.number(placeAt, placeEnd);
    }

    /** How many files there are. */
    int planned(Line line) {
        return line.number(placeEnd + 1, plannedEnd);
    }

    Name file(Line line) {
        return line.name(fileAt, fileEnd);
    }

    /** Where on the line stands what follows the file. */
    int rest() {
        return fileEnd;
    }

    private static int afterTime(Line line) {
        return line.startsWith(TIME, 0) ? TIME.length() : afterLongTime(line);
    }

    /** From ten hours on. */
    private static int afterLongTime(Line line) {
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
        return line.startsWith(AVERAGE, end) ? end + AVERAGE.length() : afterHighLoad(line, from, end);
    }

    /** From ten on. */
    private static int afterHighLoad(Line line, int from, int number) {
        int end = number;
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
