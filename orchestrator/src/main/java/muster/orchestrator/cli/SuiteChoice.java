package muster.orchestrator.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.config.Nearest;

/**
 * What a person means who names a suite: by its name, by the folder that it lies in, or by its file.
 *
 * @param installation knows the suite, wherever it lies
 * @param files the suites that are meant, to their files: one, unless a folder has several
 */
record SuiteChoice(Installation installation, SortedMap<String, Path> files) {

    static SuiteChoice of(Installation installation, String named) throws ConfigError, Refusal {
        SortedMap<String, Path> known = installation.suiteFiles();
        Path byName = known.get(named);
        if (byName != null) {
            return new SuiteChoice(installation, new TreeMap<>(Map.of(named, byName)));
        }
        Path path = Path.of(named).toAbsolutePath().normalize();
        Path folder = Files.isRegularFile(path) ? path.getParent() : path;
        if (folder != null && Files.isDirectory(folder)) {
            SequencedMap<String, Path> there = Installation.suiteFiles(folder);
            SortedMap<String, Path> meant = there.entrySet().stream()
                    .filter(suite -> path.equals(folder) || path.equals(suite.getValue()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
            if (!meant.isEmpty()) {
                return new SuiteChoice(installation.with(folder), meant);
            }
        }
        throw Refusal.usage("cannot find a suite '" + named + "': expected the name of one, of "
                + String.join(", ", known.keySet()) + ", or its folder or file"
                + Nearest.to(named, known.keySet())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse(""));
    }
}
