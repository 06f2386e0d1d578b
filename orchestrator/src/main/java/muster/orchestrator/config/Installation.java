package muster.orchestrator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.testsuites.Suite;
import org.jspecify.annotations.Nullable;

/**
 * What matrices can speak of: the recipes and suites that came with the program, those of the home, and what the program
 * itself knows.
 *
 * @param root the program's folder: holds {@code config}, {@code images/recipes} and {@code testsuites/suites}
 * @param home may hold {@code farm.yaml}, {@code recipes} and {@code suites} of its own
 * @param formats the names of all formats of journals
 * @param drivers the names of all drivers
 * @param moreSuites folders of suites that lie elsewhere; each goes before one of the same name
 */
public record Installation(Path root, Path home, Set<String> formats, Set<String> drivers, List<Path> moreSuites) {

    public Installation(Path root, Path home, Set<String> formats, Set<String> drivers) {
        this(root, home, formats, drivers, List.of());
    }

    /** The system property by which the launcher says where the program's folder is. */
    public static final String PROPERTY = "muster.installation";

    private static final String YAML = ".yaml";

    /**
     * The program's folder.
     *
     * @param told what {@link #PROPERTY} says
     * @throws ConfigError when it is not there
     */
    public static Path rootOf(@Nullable String told) throws ConfigError {
        String named = told == null ? "" : told;
        Path root = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isRegularFile(root.resolve("config/farm.yaml"))) {
            throw new ConfigError(List.of(new ConfigProblem(
                    Place.whole("-D" + PROPERTY + "=" + named),
                    "cannot find the program's files: there is no config/farm.yaml in " + root,
                    "the folder that holds config, images and testsuites",
                    null)));
        }
        return root;
    }

    /** How messages call a file: by its path below {@link #root} where it lies there, else as it was given. */
    public String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = root.toAbsolutePath().normalize();
        boolean below = absolute.startsWith(base) && !absolute.equals(base);
        return below ? base.relativize(absolute).toString() : file.toString();
    }

    ConfigFile.Source source(Path file) {
        return new ConfigFile.Source(file, shown(file));
    }

    /** What this host gives to guests: by what came with the program, over that {@code config/site}, over that the home. */
    public FarmConfig farm() throws ConfigError {
        List<ConfigFile.Source> sources = new ArrayList<>();
        sources.add(source(root.resolve("config/farm.yaml")));
        for (Path own : List.of(root.resolve("config/site/farm.yaml"), home.resolve("farm.yaml"))) {
            if (Files.exists(own)) {
                sources.add(source(own));
            }
        }
        return FarmReader.read(sources, drivers);
    }

    /** The matrices of the program and of the home, those that a service may run by itself. */
    public List<Path> matrixFiles() {
        return Stream.of(root.resolve("config/matrices"), home.resolve("matrices"))
                .flatMap(folder -> list(folder).stream())
                .filter(file -> file.getFileName().toString().endsWith(YAML))
                .toList();
    }

    /** Every distribution that there is a recipe for, to the recipe's file. */
    public SortedMap<String, Path> recipeFiles() throws ConfigError {
        SortedMap<String, Path> files = new TreeMap<>();
        Problems problems = new Problems();
        for (Path folder : List.of(root.resolve("images/recipes"), home.resolve("recipes"))) {
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(YAML)) {
                    add(files, name.substring(0, name.length() - YAML.length()), file, problems);
                }
            }
        }
        problems.throwIfAny();
        return files;
    }

    /** Every suite, to its file. */
    public SortedMap<String, Path> suiteFiles() throws ConfigError {
        SortedMap<String, Path> files = new TreeMap<>();
        Problems problems = new Problems();
        for (Path folder : List.of(root.resolve("testsuites/suites"), home.resolve("suites"))) {
            for (Path suites : list(folder)) {
                if (Files.isDirectory(suites)) {
                    SuiteReader.files(suites, list(suites)).forEach((name, file) -> add(files, name, file, problems));
                }
            }
        }
        problems.throwIfAny();
        for (Path folder : moreSuites) {
            files.putAll(suiteFiles(folder));
        }
        return files;
    }

    /** The suites whose files lie in a folder, to their files; one of them is there whether or not it exists. */
    public static SequencedMap<String, Path> suiteFiles(Path folder) {
        return SuiteReader.files(folder, list(folder));
    }

    /** The same, with the suites of one more folder, which lies anywhere. */
    public Installation with(Path suiteFolder) {
        List<Path> more = new ArrayList<>(moreSuites);
        more.add(suiteFolder.toAbsolutePath().normalize());
        return new Installation(root, home, formats, drivers, List.copyOf(more));
    }

    private void add(SortedMap<String, Path> files, String name, Path file, Problems problems) {
        Path first = files.putIfAbsent(name, file);
        if (first != null) {
            problems.add(
                    Place.whole(shown(file)),
                    "the name " + Words.quoted(name) + " is taken by " + shown(first),
                    "another name");
        }
    }

    /** Empty when there is no such distribution. */
    public Optional<RecipeFile> recipe(String name) throws ConfigError {
        Path file = recipeFiles().get(name);
        return file == null ? Optional.empty() : Optional.of(RecipeReader.read(source(file), name, drivers));
    }

    /** All recipes, by name. */
    public List<RecipeFile> recipes() throws ConfigError {
        return all(recipeFiles(), (name, file) -> RecipeReader.read(source(file), name, drivers));
    }

    /** Empty when there is no such suite. */
    public Optional<Suite> suite(String name) throws ConfigError {
        Path file = suiteFiles().get(name);
        return file == null ? Optional.empty() : Optional.of(readSuite(name, file));
    }

    /** All suites, by name. */
    public List<Suite> suites() throws ConfigError {
        return all(suiteFiles(), this::readSuite);
    }

    Suite readSuite(String name, Path file) throws ConfigError {
        return SuiteReader.read(name, source(file), formats);
    }

    private interface Reader<T> {
        T read(String name, Path file) throws ConfigError;
    }

    private static <T> List<T> all(SortedMap<String, Path> files, Reader<T> reader) throws ConfigError {
        List<T> all = new ArrayList<>();
        Problems problems = new Problems();
        for (var entry : files.entrySet()) {
            try {
                all.add(reader.read(entry.getKey(), entry.getValue()));
            } catch (ConfigError error) {
                problems.addAll(error);
            }
        }
        problems.throwIfAny();
        return all;
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
