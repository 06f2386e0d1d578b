package muster.orchestrator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import muster.reports.Scope;
import muster.reports.Waiver;

/**
 * What files say of failing cases: {@code waivers/*.yaml} and {@code expectations/*.yaml}, in the program's {@code config}
 * and in the home.
 *
 * @param waivers by the file that they stand in, as messages call it; a file without any is there, too
 * @param expectations of all files
 */
public record Acceptances(SequencedMap<String, List<Placed>> waivers, List<Expectation> expectations) {

    private static final String YAML = ".yaml";

    /** A waiver, and where its pattern of cases stands. */
    public record Placed(Waiver waiver, Place place) {}

    /**
     * Reads all files.
     *
     * @throws ConfigError with all mistakes that there are
     */
    public static Acceptances read(Installation installation) throws ConfigError {
        Problems problems = new Problems();
        SequencedMap<String, List<Placed>> waivers = new LinkedHashMap<>();
        for (Path file : files(installation, "waivers")) {
            try {
                waivers.put(
                        installation.shown(file),
                        new AcceptanceReader(installation).waivers(installation.source(file)));
            } catch (ConfigError error) {
                problems.addAll(error);
            }
        }
        List<Expectation> expectations = new ArrayList<>();
        for (Path file : files(installation, "expectations")) {
            try {
                expectations.addAll(new AcceptanceReader(installation).expectations(installation.source(file)));
            } catch (ConfigError error) {
                problems.addAll(error);
            }
        }
        problems.throwIfAny();
        return new Acceptances(waivers, List.copyOf(expectations));
    }

    /** The waivers of each file. */
    public Map<String, List<Waiver>> byFile() {
        Map<String, List<Waiver>> all = new LinkedHashMap<>();
        waivers.forEach((file, placed) ->
                all.put(file, placed.stream().map(Placed::waiver).toList()));
        return all;
    }

    /**
     * What is wrong with patterns: those that match no case.
     *
     * @param names the known cases of a suite; none of a suite that never ran, of which nothing can be said
     */
    public List<ConfigProblem> unmatched(Function<String, SortedSet<String>> names) {
        Problems problems = new Problems();
        waivers.values()
                .forEach(list -> list.forEach(each -> check(each.waiver().scope(), each.place(), names, problems)));
        expectations.forEach(each -> check(each.scope(), each.place(), names, problems));
        return problems.sorted();
    }

    private static void check(Scope scope, Place place, Function<String, SortedSet<String>> names, Problems problems) {
        SortedSet<String> known = names.apply(scope.suite());
        if (!known.isEmpty() && known.stream().noneMatch(scope::names)) {
            problems.add(new ConfigProblem(
                    place,
                    Words.quoted(scope.cases()) + " matches no case of " + scope.suite(),
                    "the name of one of its " + known.size() + " known cases, in which * stands for any characters",
                    Nearest.to(scope.cases(), known).orElse(null)));
        }
    }

    private static List<Path> files(Installation installation, String kind) {
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(
                installation.root().resolve("config").resolve(kind),
                installation.home().resolve(kind))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    files.addAll(
                            all.filter(file -> file.getFileName().toString().endsWith(YAML))
                                    .sorted()
                                    .toList());
                } catch (IOException unreadable) {
                    throw new UncheckedIOException("cannot list " + folder, unreadable);
                }
            }
        }
        return files;
    }
}
