package muster.testsuites.format;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What reading a journal takes, beside what merely going through the same bytes takes with the library that any program
 * would do it with: the lines of a text as strings, by a {@link BufferedReader} of UTF-8 with its usual buffer; the events of
 * XML, by the platform's StAX; the tokens of JSON, by jackson. Neither makes anything of what it goes through, nor keeps to
 * any bound of memory, nor makes control characters harmless, as the readers do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FormatBench {

    @Param({
        "toybox",
        "posix",
        "tet",
        "tap",
        "prove",
        "ktap",
        "ltp-pan",
        "autopkgtest",
        "dejagnu",
        "xfstests",
        "regrtest",
        "exit-status",
        "junit",
        "kirk"
    })
    public String format = "";

    private static final int CASES = 20_000;
    private static final JsonFactory JSON = new JsonFactory();

    private byte[] journal = new byte[0];
    private ResultFormat reader = ResultFormats.named("tap").orElseThrow();

    @Setup
    public void make() throws IOException {
        journal = MadeJournals.of(format, CASES).readAllBytes();
        reader = ResultFormats.named(format).orElseThrow();
    }

    /** The processor time that calls took: unlike the time that passed, it hardly tells of what else the host does. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        public long calls;
        public long nanoseconds;
        private long begun;

        @Setup(Level.Iteration)
        public void begin() {
            begun = THREADS.getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            nanoseconds = THREADS.getCurrentThreadCpuTime() - begun;
        }
    }

    @Benchmark
    public long read(Processor processor) throws IOException {
        processor.calls++;
        Count count = new Count();
        reader.read(new ByteArrayInputStream(journal), count);
        return count.results;
    }

    @Benchmark
    public long lines(Processor processor) throws IOException {
        processor.calls++;
        long characters = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(journal), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                characters += line.length();
            }
        }
        return characters;
    }

    @Benchmark
    public long stax(Processor processor) throws XMLStreamException {
        processor.calls++;
        return events(XMLInputFactory.newDefaultFactory());
    }

    private long events(XMLInputFactory factory) throws XMLStreamException {
        long events = 0;
        XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(journal));
        while (xml.hasNext()) {
            xml.next();
            events++;
        }
        return events;
    }

    /** The same events by the library that the reader itself uses. */
    @Benchmark
    public long woodstox(Processor processor) throws XMLStreamException {
        processor.calls++;
        return events(new WstxInputFactory());
    }

    @Benchmark
    public long tokens(Processor processor) {
        processor.calls++;
        long tokens = 0;
        try (JsonParser json = JSON.createParser(
                ObjectReadContext.empty(),
                new InputStreamReader(new ByteArrayInputStream(journal), StandardCharsets.UTF_8))) {
            while (json.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private static final class Count implements ResultSink {
        private long results;

        @Override
        public void result(CaseResult result) {
            results++;
        }

        @Override
        public void unreadable(long line, String seen, String expected) {
            throw new IllegalStateException("cannot read line " + line + ": " + seen);
        }

        @Override
        public void truncated(String why) {
            throw new IllegalStateException(why);
        }
    }
}
