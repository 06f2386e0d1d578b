package muster.reports.store;

import java.time.Duration;
import java.util.List;
import muster.reports.Archives.ArchiveRefused;

/** Makes the block of an attempt from the results in an archive, which are taken as they are. */
final class ArchivedBlock extends GrowingBlock {

    private final long suite;
    private final CaseNames names;
    private final Messages messages;

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
            add(
                    known[i],
                    new Nature(result.verdict(), result.word(), result.code()),
                    nanos == null ? null : Duration.ofNanos(nanos),
                    result.line(),
                    said[i]);
        }
        endPart();
    }
}
