package muster.orchestrator.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The cells of a matrix that a person asks for. */
final class ChosenCells {

    @Parameters(paramLabel = "FILE", description = "The matrix file.")
    Path file = Path.of("");

    @Option(
            names = "--only",
            paramLabel = "SELECTOR",
            description = "Only these cells: distribution:suite:variant@driver, with * and !; may be repeated.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the matrix, e.g. limits.suite=10m; such a run counts in no history.")
    Map<String, String> settings = new TreeMap<>();
}
