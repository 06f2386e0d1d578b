package muster.orchestrator.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import muster.orchestrator.log.LogContext;
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
        ResultSink sink = new Counting(told);
        reading = Thread.ofVirtual().name("counts of " + journal).start(LogContext.carried(() -> {
            try (GrowingFile grows = new GrowingFile(journal, complete::get)) {
                format.read(grows, sink);
            } catch (IOException stopped) {
                LOG.debug("stopped counting {}", journal, stopped);
            }
        }));
    }

    @Override
    public void close() {
        complete.set(true);
        reading.interrupt();
    }

    /** Counts a journal that has ended; nothing where there is none. */
    static Counts of(ResultFormat format, Path journal) throws IOException {
        Counting counting = new Counting(now -> {});
        if (Files.exists(journal)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), 1 << 16)) {
                format.read(in, counting);
            }
        }
        return new Counts(counting.counts);
    }

    private static final class Counting implements ResultSink {
        private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        private final Consumer<Counts> told;

        Counting(Consumer<Counts> told) {
            this.told = told;
        }

        @Override
        public void result(CaseResult result) {
            counts.merge(result.verdict(), 1, Integer::sum);
            told.accept(new Counts(counts));
        }

        @Override
        public void unreadable(long line, String seen, String expected) {
            // told when the whole journal is read for the store
        }

        @Override
        public void truncated(String why) {
            // not yet complete is the usual thing here
        }
    }
}
