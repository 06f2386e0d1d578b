package muster.orchestrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import muster.images.ImageFailed;
import muster.images.Tools;
import muster.testsuites.Suite;

/**
 * Finds the mistakes of a suite before a guest does: of its file, its scripts, its list of cases and, where asked, its
 * sources.
 */
public final class SuiteLint {

    private static final List<String> COMMANDS = List.of("prepare", "run", "list", "run-case");

    private final Installation installation;
    private final Tools tools;
    private final SourceTry sources;

    /**
     * @param tools runs what checks scripts
     * @param sources fetches sources; {@link SourceTry#NONE} fetches none
     */
    public SuiteLint(Installation installation, Tools tools, SourceTry sources) {
        this.installation = installation;
        this.tools = tools;
        this.sources = sources;
    }

    /** Fetches a source, to see whether it can be had. */
    @FunctionalInterface
    public interface SourceTry {
        SourceTry NONE = source -> Optional.empty();

        /** Empty where it can be had and its checksum is right, else why not. */
        Optional<String> complaint(Suite.Source source) throws InterruptedException;
    }

    /**
     * What was found.
     *
     * @param problems mistakes, by place
     * @param remarks what could not be looked at, and why, a sentence each
     */
    public record Report(List<ConfigProblem> problems, List<String> remarks) {}

    /** @param name the suite's, as its file and folder have it */
    public Report check(String name, Path file) throws ImageFailed, IOException, InterruptedException {
        Path absolute = file.toAbsolutePath().normalize();
        Problems problems = new Problems();
        List<String> remarks = new ArrayList<>();
        try {
            Section root =
                    ConfigFile.read(Schema.SUITE, installation.source(absolute)).root();
            checkScripts(Objects.requireNonNull(absolute.getParent()), root, problems);
            Suite suite = installation.readSuite(name, absolute);
            checkList(suite, root, problems, remarks);
            checkSources(root, problems);
        } catch (ConfigError error) {
            problems.addAll(error);
        }
        return new Report(problems.sorted(), List.copyOf(remarks));
    }

    private void checkScripts(Path folder, Section root, Problems problems)
            throws ImageFailed, IOException, InterruptedException {
        Section commands = root.section("commands");
        List<String> packages = root.strings("packages");
        List<String> scripts = COMMANDS.stream()
                .flatMap(command -> commands.optionalString(command).stream())
                .toList();
        ScriptLint lint = new ScriptLint(tools, problems);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                boolean command = scripts.contains(folder.relativize(file).toString());
                lint.check(file, installation.shown(file), command, packages);
            }
        }
    }

    private void checkList(Suite suite, Section root, Problems problems, List<String> remarks)
            throws ImageFailed, IOException, InterruptedException {
        Optional<Text> list = root.section("commands").optional("list");
        if (list.isEmpty()) {
            return;
        }
        if (suite.commands().prepare() != null) {
            remarks.add(suite.name() + ": " + list.get().value()
                    + " was not run: what prepare makes may be there only in a guest");
        } else if (!Tools.has("bwrap")) {
            remarks.add(suite.name() + ": " + list.get().value() + " was not run: there is no bwrap to keep it in");
        } else {
            for (Suite.Variant variant : suite.variants().values()) {
                new ListLint(tools, problems).check(suite, variant, list.get());
            }
        }
    }

    private void checkSources(Section root, Problems problems) throws InterruptedException {
        List<Section> places = new ArrayList<>(root.sections("sources"));
        root.sectionsByName("variants").values().forEach(variant -> places.addAll(variant.sections("sources")));
        for (Section place : places) {
            Suite.Source source = new Suite.Source(place.string("uri"), place.string("sha256"));
            sources.complaint(source)
                    .ifPresent(why ->
                            problems.add(place.keyPlace("uri"), why, "a file with the checksum that stands here"));
        }
    }
}
