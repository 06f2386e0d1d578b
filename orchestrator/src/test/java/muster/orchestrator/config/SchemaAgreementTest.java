package muster.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.matrix.Schedule;
import muster.testsuites.Suite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the schemas accept is what the program reads: no key does nothing. */
class SchemaAgreementTest {

    @TempDir
    Path folder;

    private TestInstallation test;

    @BeforeEach
    void makeInstallation() throws IOException {
        test = new TestInstallation(folder);
        test.script("home/suites/full/script");
        test.write(
                "home/farm.yaml", "notify: { channels: { desk: { command: [tell] }, team: { command: [tell] } } }\n");
        for (String name : List.of("debian-11", "debian-12")) {
            test.write(
                    "program/images/recipes/" + name + ".yaml",
                    TestInstallation.recipe(name).replace("[uml]", "[uml, qemu]\nkernel: linux-image-cloud-amd64"));
        }
    }

    /** Samples that have every key together; what cannot stand in one file stands in two. */
    private static List<JsonNode> full(Schema schema) throws IOException {
        List<JsonNode> all = new ArrayList<>(List.of(full(schema.word())));
        if (schema == Schema.MATRIX) {
            all.add(full("matrix-with-drivers"));
        }
        return all;
    }

    private static JsonNode full(String word) throws IOException {
        try (InputStream in = SchemaAgreementTest.class.getResourceAsStream("/config/full/" + word + ".yaml")) {
            Problems problems = new Problems();
            return Json.of(YamlReader.read(word, in.readAllBytes(), problems).orElseThrow());
        }
    }

    /** What the program makes of such a file, in words; its digests and what made them are left out. */
    private String made(Schema schema, JsonNode content) throws IOException, ConfigError {
        String yaml = content.toString();
        return switch (schema) {
            case MATRIX -> {
                Path file = test.write("m.yaml", yaml);
                Matrix matrix = Matrix.read(
                        file,
                        new TreeMap<>(),
                        test.installation(),
                        test.installation().farm());
                yield matrix.name()
                        + matrix.description()
                        + matrix.cells()
                        + matrix.exclusions()
                        + words(matrix.schedule())
                        + matrix.channels();
            }
            case FARM -> {
                test.write("home/farm.yaml", yaml);
                yield test.installation().farm().toString();
            }
            case RECIPE -> {
                test.write("home/recipes/full.yaml", yaml);
                yield test.installation().recipe("full").orElseThrow().recipe().toString();
            }
            case SUITE -> {
                test.write("home/suites/full/suite.yaml", yaml);
                Suite suite = test.installation().suite("full").orElseThrow();
                yield suite.toString().replace(suite.digest(), "");
            }
            case WAIVERS, EXPECTATIONS -> {
                test.write("home/suites/full/suite.yaml", TestInstallation.suite("full"));
                test.write("home/" + schema.word() + "/full.yaml", yaml);
                Acceptances made = Acceptances.read(test.installation());
                yield made.byFile()
                        + made.expectations().stream()
                                .map(each -> each.scope() + each.reason() + each.reference())
                                .toList()
                                .toString();
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void theFullSamplesHaveEveryKey(Schema schema) throws IOException {
        List<String> missing = new ArrayList<>();
        addMissing(schema.root(), full(schema), "", missing);
        assertThat(missing).isEmpty();
    }

    private static void addMissing(Schema.Spot spot, List<JsonNode> samples, String path, List<String> missing) {
        Schema.Spot schema = Schema.resolve(spot);
        if (samples.isEmpty()) {
            missing.add(path);
            return;
        }
        schema.node().path("properties").propertyStream().forEach(property -> {
            String key = property.getKey();
            List<JsonNode> inner = samples.stream()
                    .filter(s -> s.has(key))
                    .map(s -> s.get(key))
                    .toList();
            addMissing(new Schema.Spot(schema.file(), property.getValue()), inner, path + "/" + key, missing);
        });
        JsonNode others = schema.node().path("additionalProperties");
        if (others.isObject()) {
            List<JsonNode> inner =
                    samples.stream().flatMap(JsonNode::valueStream).toList();
            addMissing(new Schema.Spot(schema.file(), others), inner, path + "/*", missing);
        }
        JsonNode items = schema.node().path("items");
        if (items.isObject()) {
            List<JsonNode> inner =
                    samples.stream().flatMap(JsonNode::valueStream).toList();
            addMissing(new Schema.Spot(schema.file(), items), inner, path + "/-", missing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyMakesADifference(Schema schema) throws IOException, ConfigError {
        for (JsonNode full : full(schema)) {
            checkThatEveryKeyMakesADifference(schema, full);
        }
    }

    private void checkThatEveryKeyMakesADifference(Schema schema, JsonNode full) throws IOException, ConfigError {
        String whole = made(schema, full);
        List<JsonPointer> keys = new ArrayList<>();
        addKeys(full, JsonPointer.empty(), keys);
        assertThat(keys).hasSizeGreaterThan(3);
        for (JsonPointer key : keys) {
            JsonNode without = full.deepCopy();
            ((ObjectNode) without.at(key.head())).remove(key.last().getMatchingProperty());
            String made;
            try {
                made = made(schema, without);
            } catch (ConfigError required) {
                continue;
            }
            assertThat(made).as("without %s", key).isNotEqualTo(whole);
        }
    }

    /** Without its place, which any other key may move. */
    private static String words(Schedule schedule) {
        return schedule == null
                ? ""
                : schedule.cron().value()
                        + schedule.zone()
                        + schedule.missed()
                        + schedule.unfinished()
                        + schedule.within();
    }

    private static void addKeys(JsonNode node, JsonPointer at, List<JsonPointer> keys) {
        if (node.isObject()) {
            node.propertyStream().forEach(property -> {
                JsonPointer key = at.appendProperty(property.getKey());
                keys.add(key);
                addKeys(property.getValue(), key, keys);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addKeys(node.get(i), at.appendIndex(i), keys);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyIsDescribedAndEveryKindHasATitle(Schema schema) {
        List<String> bare = new ArrayList<>();
        schema.root()
                .node()
                .findParents("properties")
                .forEach(object -> object.get("properties")
                        .propertyStream()
                        .filter(property -> !property.getValue().has("description")
                                && !Schema.resolve(new Schema.Spot(schema.fileName(), property.getValue()))
                                        .node()
                                        .has("description"))
                        .forEach(property -> bare.add(property.getKey())));
        assertThat(bare).isEmpty();
        List<String> untitled = new ArrayList<>();
        for (String keyword : List.of("pattern", "type", "anyOf")) {
            schema.root().node().findParents(keyword).stream()
                    .filter(object -> !object.path("title").isString()
                            && object.get(keyword).isString())
                    .filter(object ->
                            !object.has("enum") && !object.path("type").isObject())
                    .forEach(object -> untitled.add(object.toString()));
        }
        assertThat(untitled).isEmpty();
    }

    @Test
    void theSchemasAreSchemas() throws IOException {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        Path schemas = TestInstallation.shipped().resolve("config/schemas");
        try (Stream<Path> files = Files.list(schemas)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(Schema.values().length + 1);
            for (Path file : all) {
                JsonNode schema = JsonMapper.shared().readTree(Files.readString(file));
                assertThat(meta.validate(schema)).as(file.toString()).isEmpty();
            }
        }
        assertThat(meta.validate(JsonMapper.shared().readTree("{\"type\": \"strin\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheJarHoldsIsWhatEditorsRead(Schema schema) throws IOException {
        Path file = TestInstallation.shipped().resolve("config/schemas/" + schema.fileName());
        try (InputStream in = Schema.class.getResourceAsStream("schemas/" + schema.fileName())) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
        }
    }
}
