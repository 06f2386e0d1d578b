package muster.reports.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import muster.reports.Archives.ArchiveRefused;

/** Makes the block of an attempt from the results in an archive, which are taken as they are. */
final class ArchivedBlock implements CaseVerdicts {

    private final long suite;
    private final CaseNames names;
    private final Messages messages;

    private final PartColumns columns = new PartColumns();
    private final List<byte[]> parts = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private int[] numbers = new int[64];
    private byte[] verdicts = new byte[64];
    private int size;

    ArchivedBlock(long suite, CaseNames names, Messages messages) {
        this.suite = suite;
        this.names = names;
        this.messages = messages;
    }

    void add(List<ArchiveFormat.Result> results) throws ArchiveRefused {
        for (int from = 0; from < results.size(); from += PartColumns.MOST) {
            addSome(results.subList(from, Math.min(results.size(), from + PartColumns.MOST)));
        }
    }

    private void addSome(List<ArchiveFormat.Result> results) throws ArchiveRefused {
        int[] known = names.numbers(
                suite, results.stream().map(ArchiveFormat.Result::name).toList());
        long[] said =
                messages.ids(results.stream().map(ArchiveFormat.Result::message).toList());
        for (int i = 0; i < known.length; i++) {
            ArchiveFormat.Result result = results.get(i);
            if (seen.get(known[i])) {
                throw new ArchiveRefused("an attempt has the case '" + result.name() + "' twice");
            }
            seen.set(known[i]);
            Long nanos = result.nanos();
            columns.add(
                    new Nature(result.verdict(), result.word(), result.code()),
                    nanos == null ? null : Duration.ofNanos(nanos),
                    result.line(),
                    said[i]);
            add(known[i], VerdictCodes.of(result.verdict()));
        }
        parts.add(BlockCodec.encode(columns));
        columns.clear();
    }

    private void add(int number, byte verdict) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
            verdicts = Arrays.copyOf(verdicts, size * 2);
        }
        numbers[size] = number;
        verdicts[size] = verdict;
        size++;
    }

    List<byte[]> parts() {
        return parts;
    }

    int[] numbers() {
        return numbers;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int number(int index) {
        return numbers[index];
    }

    @Override
    public byte verdict(int index) {
        return verdicts[index];
    }
}
