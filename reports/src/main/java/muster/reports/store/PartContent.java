package muster.reports.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a part of a block tells of, column by column, in the order of the attempt's case set. */
final class PartContent {

    private final Natures natures;
    private final long unit;
    private final long[] durations;
    private final long[] lines;
    private final long[] messages;
    private final long @Nullable [] usual;

    /**
     * @param unit nanoseconds in one unit of duration
     * @param durations 0 without one, else 1 + zigzag(duration in units)
     * @param lines of the journal
     * @param messages ids of table message; 0 for none
     */
    PartContent(Natures natures, long unit, long[] durations, long[] lines, long[] messages) {
        this(natures, unit, durations, lines, messages, null);
    }

    private PartContent(
            Natures natures, long unit, long[] durations, long[] lines, long[] messages, long @Nullable [] usual) {
        this.usual = usual;
        this.natures = natures;
        this.unit = unit;
        this.durations = durations;
        this.lines = lines;
        this.messages = messages;
    }

    /** The natures of the results: which there are, and which of those each has, from 0. */
    static final class Natures {

        private final List<Nature> list;
        private final int[] each;

        Natures(List<Nature> list, int[] each) {
            this.list = list;
            this.each = each;
        }

        List<Nature> list() {
            return list;
        }

        int[] each() {
            return each;
        }
    }

    /** The same with its natures numbered in another way. */
    PartContent with(Natures others) {
        return new PartContent(others, unit, durations, lines, messages, usual);
    }

    /** The same durations, with all else told anew. */
    PartContent with(Natures others, long[] otherLines, long[] otherMessages) {
        return new PartContent(others, unit, durations, otherLines, otherMessages, usual);
    }

    /** The same, saying how long its cases usually took, in its unit. */
    PartContent withUsual(long[] theirs) {
        return new PartContent(natures, unit, durations, lines, messages, theirs);
    }

    boolean tellsUsual() {
        return usual != null;
    }

    /** How long a case usually takes, in its unit: what it took this time, where no more is known. */
    long usual(int index) {
        long[] known = usual;
        return known == null ? BlockCodec.units(durations[index]) : known[index];
    }

    int size() {
        return lines.length;
    }

    Nature nature(int index) {
        return natures.list().get(natures.each()[index]);
    }

    Natures natures() {
        return natures;
    }

    long unit() {
        return unit;
    }

    long[] durations() {
        return durations;
    }

    long[] lines() {
        return lines;
    }

    long[] messages() {
        return messages;
    }
}
