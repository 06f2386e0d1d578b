package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block of an attempt while its cases come, part by part: encoded parts, and five bytes for each case beside them. */
abstract class GrowingBlock implements CaseVerdicts {

    private final PartColumns columns = new PartColumns();
    private final List<byte[]> parts = new ArrayList<>();
    private int[] numbers = new int[1024];
    private byte[] verdicts = new byte[1024];
    private int size;

    /** The cases that it has, by number; who adds one says so here first. */
    final BitSet seen = new BitSet();

    final void add(int number, Nature nature, @Nullable Duration duration, long line, long message) {
        columns.add(nature, duration, line, message);
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
            verdicts = Arrays.copyOf(verdicts, size * 2);
        }
        numbers[size] = number;
        verdicts[size] = VerdictCodes.of(nature.verdict());
        size++;
    }

    final boolean isPartFull() {
        return columns.isFull();
    }

    final void endPart() {
        if (columns.size > 0) {
            parts.add(BlockCodec.encode(columns));
            columns.clear();
        }
    }

    final List<byte[]> parts() {
        return parts;
    }

    final int[] numbers() {
        return numbers;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final int number(int index) {
        return numbers[index];
    }

    @Override
    public final byte verdict(int index) {
        return verdicts[index];
    }
}
