package muster.reports.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** The columns of {@link BlockDelta}, written from what they hold, or read into it. */
final class DeltaColumns {

    private static final int NATURES_APART = 8;

    private final BitCoder coder;
    private final int size;
    private final boolean sparing;

    /** @param sparing as version 5 has it, not 3 */
    DeltaColumns(BitCoder coder, int size, boolean sparing) {
        this.coder = coder;
        this.size = size;
        this.sparing = sparing;
    }

    /** What a case has instead of what was expected. */
    @FunctionalInterface
    private interface Instead {
        long code(int index, long value);
    }

    void natures(PartContent.Natures own, PartContent.Natures base) {
        NumberOdds[] after = new NumberOdds[NATURES_APART];
        Arrays.setAll(after, i -> new NumberOdds());
        long[] values = Arrays.stream(own.each()).asLongStream().toArray();
        differing(
                values,
                i -> base.each()[i],
                (i, value) -> after[Math.min(base.each()[i], NATURES_APART - 1)].code(coder, value));
        Arrays.setAll(own.each(), i -> Math.toIntExact(values[i]));
    }

    /** All behind the messages. */
    void others(PartContent own, PartContent base, int spread) {
        lines(own.lines(), base.lines());
        durations(own, base, new DurationOdds(spread));
    }

    private void durations(PartContent own, PartContent base, DurationOdds odds) {
        long[] known = new long[size];
        Arrays.setAll(known, i -> own.durations()[i] == 0 ? 0 : 1);
        differing(known, i -> base.durations()[i] == 0 ? 0 : 1, (i, value) -> 1 - (base.durations()[i] == 0 ? 0 : 1));
        for (int i = 0; i < size; i++) {
            if (known[i] != 0) {
                long usual = DurationOdds.usual(base, i, own.unit());
                long value = usual + odds.code(coder, usual, BlockCodec.unzigzag(own.durations()[i] - 1) - usual);
                own.durations()[i] = 1 + BlockCodec.zigzag(value);
            }
        }
    }

    void lines(long[] own, long[] base) {
        long[] further = new long[size];
        for (int i = 0; i < size; i++) {
            further[i] = own[i] - (i == 0 ? 0 : own[i - 1]);
        }
        NumberOdds differences = new NumberOdds();
        IntToLongFunction usual = i -> base[i] - (i == 0 ? 0 : base[i - 1]);
        differing(
                further,
                usual,
                (i, value) -> usual.applyAsLong(i)
                        + BlockCodec.unzigzag(
                                differences.code(coder, BlockCodec.zigzag(value - usual.applyAsLong(i)))));
        long line = 0;
        for (int i = 0; i < size; i++) {
            line += further[i];
            own[i] = line;
        }
    }

    void messages(PartContent own, PartContent base) {
        long[] known = Arrays.stream(base.messages()).sorted().distinct().toArray();
        NumberOdds places = new NumberOdds();
        NumberOdds ids = new NumberOdds();
        Instead instead = (i, value) -> {
            long place = places.code(coder, Math.max(0, Arrays.binarySearch(known, value) + 1));
            return place == 0 ? ids.code(coder, value) : known[Math.toIntExact(place - 1)];
        };
        IntPredicate same = i -> own.natures().each()[i] == base.natures().each()[i];
        if (!sparing) {
            differing(own.messages(), i -> same.test(i) ? base.messages()[i] : 0, instead);
            return;
        }
        Map<Integer, Odds> silent = new HashMap<>();
        for (int i = 0; i < size; i++) {
            if (!same.test(i)) {
                Odds odds = silent.computeIfAbsent(own.natures().each()[i], nature -> new Odds());
                own.messages()[i] = coder.decide(odds, own.messages()[i] == 0) ? 0 : instead.code(i, own.messages()[i]);
            }
        }
        differing(own.messages(), IntStream.range(0, size).filter(same).toArray(), i -> base.messages()[i], instead);
    }

    private void differing(long[] values, IntToLongFunction expected, Instead instead) {
        differing(values, IntStream.range(0, size).toArray(), expected, instead);
    }

    /** Of some cases only. */
    private void differing(long[] values, int[] cases, IntToLongFunction expected, Instead instead) {
        boolean none = coder.writes() && Arrays.stream(cases).allMatch(i -> values[i] == expected.applyAsLong(i));
        if (sparing && coder.decide(new Odds(), none)) {
            for (int i : cases) {
                values[i] = expected.applyAsLong(i);
            }
            return;
        }
        NumberOdds gaps = new NumberOdds();
        for (int at = 0; at < cases.length; at++) {
            int next = at;
            while (coder.writes() && next < cases.length && values[cases[next]] == expected.applyAsLong(cases[next])) {
                next++;
            }
            next = Math.addExact(at, Math.toIntExact(gaps.code(coder, next - at)));
            for (; at < next; at++) {
                values[cases[at]] = expected.applyAsLong(cases[at]);
            }
            if (at < cases.length) {
                values[cases[at]] = instead.code(cases[at], values[cases[at]]);
            }
        }
    }
}
