package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;

/**
 * Every reader under Jazzer, in processes of their own, two at a time; {@code -Dmuster.fuzz.seconds=120} for longer than the
 * usual 5 s each. What makes a reader fail is kept in {@code target/fuzz/FORMAT}.
 */
class FuzzIT {
    private static final String SECONDS = System.getProperty("muster.fuzz.seconds", "5");
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final int AT_ONCE = 2;
    private static final int MOST_SEEDS = 4;

    @Test
    void noInputMakesAReaderFail() throws Exception {
        Map<String, Future<String>> running = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            Stream.concat(ResultFormats.names().stream(), Stream.of(FormatFuzz.PACKED))
                    .forEach(format -> running.put(format, pool.submit(() -> fuzz(format))));
        }
        for (Map.Entry<String, Future<String>> each : running.entrySet()) {
            String said = each.getValue().get();
            Matcher done = DONE.matcher(said);
            assertThat(done.find()).as(each.getKey() + ": " + said).isTrue();
            System.out.printf("fuzzed %-11s %10s inputs in %s s%n", each.getKey(), done.group(1), done.group(2));
            assertThat(Long.parseLong(done.group(1))).as(each.getKey()).isGreaterThan(MOST_SEEDS);
        }
    }

    private static String fuzz(String format) throws IOException, CompressorException {
        Path corpus = Files.createDirectories(FOLDER.resolve(format).resolve("corpus"));
        seed(format, corpus);
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D" + FormatFuzz.FORMAT + "=" + format,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FormatFuzz.class.getName(),
                        "--instrumentation_includes=muster.**",
                        "--custom_hook_includes=muster.**",
                        "--reproducer_path=" + FOLDER.resolve(format),
                        "-artifact_prefix=" + FOLDER.resolve(format) + "/",
                        "-max_total_time=" + SECONDS,
                        "-max_len=4096",
                        "-timeout=20",
                        "-seed=4",
                        corpus.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream said = jazzer.getInputStream()) {
            return new String(said.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            jazzer.destroyForcibly();
        }
    }

    private static void seed(String format, Path corpus) throws IOException, CompressorException {
        if (format.equals(FormatFuzz.PACKED)) {
            byte[] journal = MadeJournals.of("tap", 20).readAllBytes();
            for (String packer : new String[] {"gz", "xz", "bzip2", "zstd"}) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(packer, packed)) {
                    out.write(journal);
                }
                Files.write(corpus.resolve(packer), packed.toByteArray());
            }
            return;
        }
        Files.write(corpus.resolve("own"), Samples.own(format));
        Files.write(corpus.resolve("one"), MadeJournals.of(format, 1).readAllBytes());
        Files.write(corpus.resolve("several"), MadeJournals.of(format, 3).readAllBytes());
    }
}
