package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
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

/** Runs {@link FormatBench} and prints how the readers stand beside merely going through the same bytes. */
@EnabledIfSystemProperty(
        named = "muster.bench",
        matches = "true",
        disabledReason = "a measurement: runs with -Dmuster.bench=true, on a host that has nothing else to do")
class FormatBenchIT {
    private static final int ROUNDS = Integer.getInteger("muster.bench.rounds", 5);

    private static final Map<String, Beside> BESIDE =
            Map.of("junit", new Beside("stax", 0.7), "kirk", new Beside("tokens", 0.7));

    /**
     * What a reader stands beside, by its name in {@link FormatBench}.
     *
     * @param least the share of its speed that the reader is to have
     */
    private record Beside(String what, double least) {}

    @Test
    void formatsAreReadAlmostAsFastAsTheirLinesAndEvents() throws RunnerException {
        List<String> slow = new ArrayList<>();
        for (String format : ResultFormats.names()) {
            Beside beside = BESIDE.getOrDefault(format, new Beside("lines", 0.5));
            double read = milliseconds(format, "read");
            double merely = milliseconds(format, beside.what());
            System.out.printf(
                    "%-12s read %6.1f ms, %s %6.1f ms: %.2f of its speed, to be %.1f%n",
                    format, read, beside.what(), merely, merely / read, beside.least());
            if (merely / read < beside.least()) {
                slow.add(format);
            }
            if (format.equals("junit")) {
                double woodstox = milliseconds(format, "woodstox");
                System.out.printf(
                        "%-12s beside the bare events of its own library, %6.1f ms: %.2f of their speed%n",
                        format, woodstox, woodstox / read);
            }
        }
        assertThat(slow).isEmpty();
    }

    private static double milliseconds(String format, String what) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(FormatBench.class.getName() + "." + what + "$")
                        .param("format", format)
                        .forks(1)
                        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .warmupIterations(ROUNDS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ROUNDS)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        return results.iterator().next().getPrimaryResult().getScore();
    }
}
