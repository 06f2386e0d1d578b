package muster.testsuites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.testsuites.format.ResultFormats;

/** The scripts of one suite, in a folder of their own, run on this host as a guest would run them. */
final class SuiteScripts {
    final Path suite;
    final Path journal;
    private final Path work;
    private final Path log;
    private final Map<String, String> environment = new HashMap<>();

    SuiteScripts(String name, Path folder) throws IOException {
        suite = Files.createDirectory(folder.resolve("suite"));
        work = Files.createDirectory(folder.resolve("work"));
        journal = folder.resolve("journal");
        log = folder.resolve("log");
        try (Stream<Path> files = Files.list(Path.of("suites", name))) {
            for (Path file : files.toList()) {
                Files.copy(file, suite.resolve(file.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createFile(journal);
        environment.put("PATH", suite + ":" + System.getenv("PATH"));
        environment.put("MUSTER_JOURNAL", journal.toString());
        environment.put("MUSTER_SUBJECTS", folder + "/subjects");
        environment.put(
                "MUSTER_ARTEFACTS",
                Files.createDirectory(folder.resolve("artefacts")).toString());
    }

    SuiteScripts with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Writes a file beside the scripts, executable. */
    Path put(String name, String content) throws IOException {
        Path file = suite.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** A script's exit status; what it printed is {@link #said}. */
    int run(String script, String... arguments) throws IOException, InterruptedException {
        return runIn(work, script, arguments);
    }

    int runIn(Path place, String script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(suite.resolve(script).toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    /** What a format's reader makes of the journal: {@code name VERDICT} for each case, and what it complains of. */
    List<String> read(String format) throws IOException {
        List<String> read = new ArrayList<>();
        Optional<ResultFormat> reader = ResultFormats.named(format);
        try (InputStream in = Files.newInputStream(journal)) {
            reader.orElseThrow().read(in, new ResultSink() {
                @Override
                public void result(CaseResult result) {
                    read.add(result.name() + " " + result.verdict());
                }

                @Override
                public void unreadable(long line, String seen, String expected) {
                    read.add("unreadable: " + seen);
                }

                @Override
                public void truncated(String why) {
                    read.add("truncated: " + why);
                }
            });
        }
        return read;
    }

    /** The journal without what differs each time: numbers with a point, and times of day. */
    String steadyJournal() throws IOException {
        return Files.readAllLines(journal).stream()
                .map(line -> line.replaceAll("\\d+\\.\\d+", "S").replaceAll("\\d\\d:\\d\\d:\\d\\d", "T"))
                .collect(Collectors.joining("\n"));
    }
}
