package muster.orchestrator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import muster.orchestrator.home.HomeLock;
import muster.orchestrator.run.Transcript;
import muster.orchestrator.web.HomeClient;
import muster.orchestrator.web.StatusLine;
import muster.reports.Attempt;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints what an attempt of this very process says, as {@code muster log -f} does, and its results as they come. */
final class TryOutput {

    private static final Logger LOG = LoggerFactory.getLogger(TryOutput.class);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final int PIPE = 1 << 16;

    private final HomeClient client;
    private final StatusLine line;
    private final PrintWriter out;
    private final List<Thread> threads;

    private TryOutput(HomeClient client, StatusLine line, ResultFormat format, PrintWriter out) {
        this.client = client;
        this.line = line;
        this.out = out;
        this.threads = List.of(start("log", this::log), start("results", () -> results(format)));
    }

    /** Prints until the attempt has ended and all of it was told. */
    static TryOutput follow(HomeLock.Door door, Attempt attempt, ResultFormat format, PrintWriter out)
            throws IOException, InterruptedException {
        HomeClient client = new HomeClient(door);
        StatusLine line = client.underWay().stream()
                .filter(each -> each.attempt() == attempt.id())
                .findFirst()
                .orElseThrow();
        return new TryOutput(client, line, format, out);
    }

    private static Thread start(String what, Callable<Void> work) {
        return Thread.ofVirtual().name("try " + what).start(() -> {
            try {
                work.call();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                LOG.warn("cannot print the {} of the try", what, failed);
            }
        });
    }

    private Void log() throws IOException, InterruptedException {
        try (Lines lines = new Lines(text -> out.println("  | " + text))) {
            client.copy(line, Transcript.LOG, 0, true, lines);
        }
        return null;
    }

    private Void results(ResultFormat format) throws IOException, InterruptedException {
        try (PipedInputStream in = new PipedInputStream(PIPE)) {
            Thread reading = start("journal", () -> read(format, in));
            try (PipedOutputStream journal = new PipedOutputStream(in)) {
                client.copy(line, Transcript.JOURNAL, 0, true, journal);
            }
            reading.join();
        }
        return null;
    }

    private Void read(ResultFormat format, InputStream journal) throws IOException {
        format.read(journal, new ResultSink() {
            @Override
            public void result(CaseResult result) {
                String message = result.message().lines().findFirst().orElse("");
                out.println("  " + result.verdict().name().toLowerCase(Locale.ROOT) + ": "
                        + Words.harmless(result.name() + (message.isEmpty() ? "" : " (" + message + ")")));
            }

            @Override
            public void unreadable(long number, String seen, String expected) {
                out.println(Words.harmless(
                        "  line " + number + " of the journal cannot be read: '" + seen + "': expected " + expected));
            }

            @Override
            public void truncated(String why) {
                out.println("  the journal stops before its end: " + Words.harmless(why));
            }
        });
        return null;
    }

    /** Waits until all of it is printed, after the attempt's end. */
    void await() throws InterruptedException {
        for (Thread thread : threads) {
            if (!thread.join(REST)) {
                thread.interrupt();
            }
        }
        out.flush();
    }
}
