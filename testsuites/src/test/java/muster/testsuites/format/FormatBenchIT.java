package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link FormatBench} and prints how the readers stand beside merely going through the same bytes, by processor time.
 * What the compiler makes of the same code differs from one process to the next, so each figure is the median of several
 * processes ({@code -Dmuster.bench.forks=N}), with the least and the most of them; one of each side runs after the other.
 * {@code -Dmuster.bench.formats=A,B} for some formats only.
 */
@EnabledIfSystemProperty(
        named = "muster.bench",
        matches = "true",
        disabledReason = "a measurement: runs with -Dmuster.bench=true, on a host that has nothing else to do")
class FormatBenchIT {
    private static final int FORKS = Integer.getInteger("muster.bench.forks", 5);

    /** In each process, of a second to warm up: on a busy host the compiler takes its time; then as many short ones to measure. */
    private static final int ROUNDS = Integer.getInteger("muster.bench.rounds", 4);

    private static final String FORMATS =
            System.getProperty("muster.bench.formats", String.join(",", ResultFormats.names()));

    private static final Map<String, Beside> BESIDE =
            Map.of("junit", new Beside("stax", 0.7), "kirk", new Beside("tokens", 0.7));

    /**
     * What a reader stands beside, by its name in {@link FormatBench}.
     *
     * @param least the share of its speed that the reader is to have
     */
    private record Beside(String what, double least) {}

    /** The median of what was measured in several processes, and how far they are apart. */
    private record Measured(double median, double least, double most) {

        static Measured of(double[] each) {
            double[] sorted = each.clone();
            Arrays.sort(sorted);
            int last = sorted.length - 1;
            return new Measured((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
        }
    }

    @Test
    void formatsAreReadAlmostAsFastAsTheirLinesAndEvents() throws RunnerException {
        List<String> slow = new ArrayList<>();
        for (String format : FORMATS.split(",", -1)) {
            Beside beside = BESIDE.getOrDefault(format, new Beside("lines", 0.5));
            if (share(format, beside.what(), "to be " + beside.least()) < beside.least()) {
                slow.add(format);
            }
            if (format.equals("junit")) {
                share(format, "woodstox", "the bare events of its own library");
            }
        }
        assertThat(slow).isEmpty();
    }

    /** The share of the speed of {@code what} that the format's reader has. */
    private static double share(String format, String what, String remark) throws RunnerException {
        double[] reads = new double[FORKS];
        double[] besides = new double[FORKS];
        double[] shares = new double[FORKS];
        for (int fork = 0; fork < FORKS; fork++) {
            reads[fork] = milliseconds(format, "read");
            besides[fork] = milliseconds(format, what);
            shares[fork] = besides[fork] / reads[fork];
        }
        Measured share = Measured.of(shares);
        System.out.printf(
                "%-12s read %6.2f ms, %s %6.2f ms: %.2f of its speed (%.2f to %.2f in %d forks), %s%n",
                format,
                Measured.of(reads).median(),
                what,
                Measured.of(besides).median(),
                share.median(),
                share.least(),
                share.most(),
                FORKS,
                remark);
        return share.median();
    }

    private static double milliseconds(String format, String what) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(FormatBench.class.getName() + "." + what + "$")
                        .param("format", format)
                        .forks(1)
                        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .warmupIterations(ROUNDS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ROUNDS)
                        .measurementTime(TimeValue.milliseconds(250))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        return counted(result, "nanoseconds") / counted(result, "calls") / 1e6;
    }

    private static double counted(RunResult result, String what) {
        return result.getSecondaryResults().get(what).getScore();
    }
}
