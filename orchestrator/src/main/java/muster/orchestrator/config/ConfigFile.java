package muster.orchestrator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that a person wrote, checked against its schema, defaults filled in.
 *
 * @param root its keys
 * @param digest SHA-256 of its bytes, in hex
 */
record ConfigFile(Section root, String digest) {

    /** A file and how messages call it. */
    record Source(Path file, String shown) {}

    static ConfigFile read(Schema schema, Source source) throws ConfigError {
        return read(schema, List.of(source), Map.of());
    }

    /**
     * Reads a file, or several of a kind, each laid over the ones before.
     *
     * @param settings laid over all of them, see {@link Layers#set}
     * @return with the digest of the last file
     * @throws ConfigError with all the mistakes of grammar and schema that there are
     */
    static ConfigFile read(Schema schema, List<Source> sources, Map<String, String> settings) throws ConfigError {
        Problems problems = new Problems();
        Node.Mapping all = new Node.Mapping(Place.whole(sources.getFirst().shown()), new LinkedHashMap<>());
        String digest = "";
        for (Source source : sources) {
            byte[] bytes = bytes(schema, source);
            digest = Digests.of(bytes);
            Optional<Node.Mapping> document = document(schema, source.shown(), bytes, problems);
            if (document.isPresent() && settings.isEmpty()) {
                validate(schema, document.get(), problems);
            }
            all = Layers.over(all, document.orElse(all));
        }
        if (!settings.isEmpty() && problems.isEmpty()) {
            all = Layers.set(all, settings, problems);
        }
        if (!settings.isEmpty() && problems.isEmpty()) {
            validate(schema, all, problems);
        }
        problems.throwIfAny();
        Node.Mapping filled = (Node.Mapping) Defaults.fill(all, schema.root());
        return new ConfigFile(new Section(filled), digest);
    }

    private static void validate(Schema schema, Node.Mapping document, Problems problems) {
        new Findings(document, problems).add(schema.validate(Json.of(document)));
    }

    private static Optional<Node.Mapping> document(Schema schema, String shown, byte[] bytes, Problems problems) {
        Problems grammar = new Problems();
        Optional<Node> node = YamlReader.read(shown, bytes, grammar);
        problems.addAll(grammar);
        if (!grammar.isEmpty()) {
            return Optional.empty();
        }
        Place start = new Place(shown, 1, 1);
        if (node.isEmpty()) {
            List<String> required = schema.requiredKeys();
            if (!required.isEmpty()) {
                problems.add(start, "the file is empty", "the keys " + String.join(", ", required));
                return Optional.empty();
            }
            return Optional.of(new Node.Mapping(start, new LinkedHashMap<>()));
        }
        if (node.get() instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.add(
                node.get().place(), "there are no keys here", "keys and values: " + String.join(", ", schema.keys()));
        return Optional.empty();
    }

    private static byte[] bytes(Schema schema, Source source) throws ConfigError {
        Path file = source.file();
        String what = "cannot read the " + schema.word();
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? failed(source, what + ": it is no file", null)
                    : failed(source, what + ": there is no such file", neighbour(source));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlReader.MOST_BYTES + 1);
        } catch (IOException e) {
            throw failed(source, what + ": " + e, null);
        }
    }

    private static ConfigError failed(Source source, String message, @Nullable String nearest) {
        return new ConfigError(List.of(new ConfigProblem(Place.whole(source.shown()), message, "", nearest)));
    }

    /** The file beside the missing one that may have been meant, called the way the missing one was. */
    private static @Nullable String neighbour(Source missing) {
        Path folder = missing.file().toAbsolutePath().getParent();
        String name = missing.file().getFileName().toString();
        if (folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException unreadable) {
            return null; // that the file is missing is said all the same
        }
        String before = missing.shown().substring(0, missing.shown().length() - name.length());
        return Nearest.to(name, names).map(near -> before + near).orElse(null);
    }
}
