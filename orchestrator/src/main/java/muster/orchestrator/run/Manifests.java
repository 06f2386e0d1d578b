package muster.orchestrator.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import muster.orchestrator.home.WholeFile;
import muster.orchestrator.matrix.Cell;
import muster.testsuites.Manifest;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;

/** What suites say they will run, in the folders of attempts: there before the suite starts, so that no end can take it away. */
final class Manifests {

    private Manifests() {}

    /** Asks for an attempt's manifest, unless it lies in its folder already or one case is to run alone. */
    static void ask(SuiteRunner runner, Cell cell, long attempt, Path folder)
            throws SuiteRefused, IOException, InterruptedException {
        Path file = Transcript.MANIFEST.file(folder);
        if (cell.onlyCase() != null || Files.exists(file)) {
            return;
        }
        Manifest manifest = runner.list(attempt, cell.suite(), cell.variant());
        if (!manifest.isEmpty()) {
            write(manifest, file);
        }
    }

    static void write(Manifest manifest, Path file) throws IOException {
        String lines = manifest.cases().stream().map(name -> name + "\n").collect(Collectors.joining());
        WholeFile.write(file, lines.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty where the suite did not say. */
    static Manifest read(Path folder) throws IOException {
        Path file = Transcript.MANIFEST.file(folder);
        if (!Files.exists(file)) {
            return Manifest.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Manifest.read(in);
        }
    }
}
