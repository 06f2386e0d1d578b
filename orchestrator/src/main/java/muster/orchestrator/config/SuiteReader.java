package muster.orchestrator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.reports.CellKey;
import muster.testsuites.Suite;

/**
 * Reads a suite's file and looks at what lies beside it. A folder of suites holds {@code NAME/suite.yaml}; where several
 * suites share their scripts, the others are {@code NAME/suite-WORD.yaml}, each the suite {@code NAME-WORD}.
 */
final class SuiteReader {

    private static final String FILE = "suite.yaml";
    private static final Pattern ANOTHER = Pattern.compile("suite(-[A-Za-z0-9._+-]+)\\.yaml");
    private static final List<String> COMMANDS = List.of("prepare", "run", "list", "run-case");

    private SuiteReader() {}

    /** The files of the suites in a folder, by the suites' names; the first is there whether or not it exists. */
    static SequencedMap<String, Path> files(Path folder, List<Path> content) {
        String name = folder.getFileName().toString();
        SequencedMap<String, Path> files = new LinkedHashMap<>();
        files.put(name, folder.resolve(FILE));
        for (Path file : content) {
            Matcher another = ANOTHER.matcher(file.getFileName().toString());
            if (another.matches()) {
                files.put(name + another.group(1), file);
            }
        }
        return files;
    }

    /**
     * @param name the suite's name, as its folder and file have it
     * @param source its file
     * @param formats all formats of journals that there are
     */
    static Suite read(String name, ConfigFile.Source source, Set<String> formats) throws ConfigError {
        Section root = ConfigFile.read(Schema.SUITE, source).root();
        Path folder = Objects.requireNonNull(source.file().toAbsolutePath().getParent());
        Problems problems = new Problems();
        Text suite = root.text("suite");
        if (!suite.value().equals(name)) {
            problems.add(
                    suite.place(),
                    "the suite calls itself " + Words.quoted(suite.value()),
                    "the name of its folder" + (folder.endsWith(name) ? ", " : " and file, ") + name);
        }
        Text format = root.text("format");
        if (!formats.contains(format.value())) {
            problems.addUnknown(format.place(), "format", format.value(), formats);
        }
        Section commands = root.section("commands");
        for (String command : COMMANDS) {
            commands.optional(command).ifPresent(script -> checkScript(folder, script, problems));
        }
        if (root.flag("shardable") && !commands.has("list")) {
            problems.add(
                    root.keyPlace("shardable"),
                    "a suite that has no command list cannot be split into shards",
                    "commands: { list: ... }, which prints the names of all cases");
        }
        problems.throwIfAny();
        return new Suite(
                name,
                root.string("description"),
                folder,
                format.value(),
                root.string("user"),
                root.number("cpu"),
                root.optional("memory", Sizes::parse).orElse(null),
                root.strings("packages"),
                sources(root),
                commands(commands),
                root.stringsByName("environment"),
                variants(root),
                root.optional("typical", Durations::parse).orElse(null),
                digest(folder),
                root.optionalString("version").orElse(""),
                root.flag("shardable"));
    }

    private static void checkScript(Path folder, Text script, Problems problems) {
        Path file = folder.resolve(script.value());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.add(
                    script.place(),
                    "there is no file " + Words.quoted(script.value()),
                    "the name of a file beside this one");
        } else if (!Files.isExecutable(file)) {
            problems.add(
                    script.place(),
                    "the file " + Words.quoted(script.value()) + " is not executable",
                    "a script that chmod +x was said of");
        }
    }

    private static List<Suite.Source> sources(Section root) {
        return root.sections("sources").stream()
                .map(source -> new Suite.Source(source.string("uri"), source.string("sha256")))
                .toList();
    }

    private static Suite.Commands commands(Section commands) {
        return new Suite.Commands(
                commands.optionalString("prepare").orElse(null),
                commands.string("run"),
                commands.optionalString("list").orElse(null),
                commands.optionalString("run-case").orElse(null));
    }

    private static SequencedMap<String, Suite.Variant> variants(Section root) {
        SequencedMap<String, Suite.Variant> variants = new LinkedHashMap<>();
        for (Map.Entry<String, Section> variant :
                root.sectionsByName("variants").entrySet()) {
            variants.put(
                    variant.getKey(),
                    new Suite.Variant(
                            variant.getKey(),
                            variant.getValue().stringsByName("environment"),
                            variant.getValue().strings("packages"),
                            sources(variant.getValue())));
        }
        if (variants.isEmpty()) {
            String only = CellKey.DEFAULT_VARIANT;
            variants.put(only, new Suite.Variant(only, new LinkedHashMap<>(), List.of(), List.of()));
        }
        return variants;
    }

    private static String digest(Path folder) {
        try {
            return Digests.ofFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the files of the suite in " + folder, e);
        }
    }
}
