package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import muster.reports.Counts;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts verdicts while the journal still grows, for people to see; what is stored is read from the whole journal. */
final class LiveCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCounts.class);

    private final AtomicBoolean complete = new AtomicBoolean();
    private final Thread reading;

    /** Reads {@code journal} as it grows and tells {@code told} the counts at every case. */
    LiveCounts(ResultFormat format, Path journal, Consumer<Counts> told) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        ResultSink sink = new ResultSink() {
            @Override
            public void result(CaseResult result) {
                counts.merge(result.verdict(), 1, Integer::sum);
                told.accept(new Counts(counts));
            }

            @Override
            public void unreadable(long line, String seen, String expected) {
                // told when the whole journal is read
            }

            @Override
            public void truncated(String why) {
                // not yet complete is the usual thing here
            }
        };
        reading = Thread.ofVirtual().name("counts of " + journal).start(() -> {
            try (GrowingFile grows = new GrowingFile(journal, complete::get)) {
                format.read(grows, sink);
            } catch (IOException stopped) {
                LOG.debug("stopped counting {}", journal, stopped);
            }
        });
    }

    @Override
    public void close() {
        complete.set(true);
        reading.interrupt();
    }
}
