package muster.orchestrator.config;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas of the files that people write, one a kind; the same files that editors use. */
enum Schema {
    MATRIX,
    FARM,
    SUITE,
    RECIPE,
    WAIVERS,
    EXPECTATIONS;

    private static final String BASE = "muster:/";
    private static final String TYPES = "types.schema.json";

    /** A place in the schemas: which file, and what stands there. */
    record Spot(String file, JsonNode node) {}

    /** Loaded when first needed: every schema by its file's name. */
    private static final class Loaded {
        private static final Map<String, String> TEXTS = new HashMap<>();
        private static final Map<String, JsonNode> NODES = new HashMap<>();
        private static final SchemaRegistry REGISTRY;

        static {
            load(TYPES);
            for (Schema schema : values()) {
                load(schema.fileName());
            }
            REGISTRY = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(TEXTS));
        }

        static JsonNode node(String file) {
            JsonNode node = NODES.get(file);
            if (node == null) {
                throw new IllegalStateException("cannot find the schema " + file + ": a schema refers to it");
            }
            return node;
        }

        private static void load(String file) {
            try (InputStream in = Schema.class.getResourceAsStream("schemas/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("cannot find the schema " + file + ": it is not in this jar");
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                TEXTS.put(BASE + file, text);
                NODES.put(file, JsonMapper.shared().readTree(text));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the schema " + file, e);
            }
        }
    }

    /** The word for such a file, e.g. {@code matrix}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String fileName() {
        return word() + ".schema.json";
    }

    /** What the JSON schema validator finds; empty when all is well. */
    List<com.networknt.schema.Error> validate(JsonNode document) {
        return Loaded.REGISTRY.getSchema(SchemaLocation.of(BASE + fileName())).validate(document);
    }

    Spot root() {
        return new Spot(fileName(), Loaded.node(fileName()));
    }

    /**
     * What stands at a location that the validator reported.
     *
     * @param levelsUp how many levels above it
     */
    static Spot at(SchemaLocation location, int levelsUp) {
        String file = location.getAbsoluteIri().toString().substring(BASE.length());
        JsonPointer pointer = JsonPointer.compile(location.getFragment().toString());
        for (int i = 0; i < levelsUp; i++) {
            pointer = pointer.head();
        }
        return new Spot(file, Loaded.node(file).at(pointer));
    }

    /** Follows {@code $ref} as long as there is one. */
    static Spot resolve(Spot spot) {
        Spot at = spot;
        while (at.node().has("$ref")) {
            String[] reference = at.node().get("$ref").stringValue().split("#", -1);
            String file = reference[0].isEmpty() ? at.file() : reference[0];
            at = new Spot(file, Loaded.node(file).at(reference[1]));
        }
        return at;
    }

    /** The keys that a file must have. */
    List<String> requiredKeys() {
        return root().node()
                .path("required")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** The keys that a file can have. */
    List<String> keys() {
        return List.copyOf(root().node().path("properties").propertyNames());
    }
}
