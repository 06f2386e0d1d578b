package muster.orchestrator.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** Puts in what a file leaves out: the {@code default} of its schema, so that there is one place where a default stands. */
final class Defaults {

    private Defaults() {}

    static Node fill(Node node, Schema.Spot spot) {
        Schema.Spot schema = Schema.resolve(spot);
        return switch (node) {
            case Node.Mapping mapping -> fillMapping(mapping, schema);
            case Node.Sequence sequence -> {
                JsonNode items = schema.node().get("items");
                yield items == null
                        ? sequence
                        : new Node.Sequence(
                                sequence.place(),
                                sequence.items().stream()
                                        .map(item -> fill(item, new Schema.Spot(schema.file(), items)))
                                        .toList());
            }
            case Node.Scalar scalar -> scalar;
        };
    }

    private static Node fillMapping(Node.Mapping mapping, Schema.Spot schema) {
        JsonNode properties = schema.node().path("properties");
        JsonNode others = schema.node().path("additionalProperties");
        SequencedMap<String, Node.Entry> filled = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            JsonNode property = properties.has(key) ? properties.get(key) : others;
            filled.put(
                    key,
                    new Node.Entry(entry.keyPlace(), fill(entry.value(), new Schema.Spot(schema.file(), property))));
        });
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            JsonNode usual = property.getValue().get("default");
            if (usual != null && !filled.containsKey(property.getKey())) {
                Node value = fill(node(usual, mapping.place()), new Schema.Spot(schema.file(), property.getValue()));
                filled.put(property.getKey(), new Node.Entry(mapping.place(), value));
            }
        }
        return new Node.Mapping(mapping.place(), Collections.unmodifiableSequencedMap(filled));
    }

    private static Node node(JsonNode json, Place place) {
        if (json.isObject()) {
            SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
            json.properties()
                    .forEach(entry ->
                            entries.put(entry.getKey(), new Node.Entry(place, node(entry.getValue(), place))));
            return new Node.Mapping(place, entries);
        }
        if (json.isArray()) {
            return new Node.Sequence(
                    place, json.valueStream().map(item -> node(item, place)).toList());
        }
        return new Node.Scalar(place, json.asString(), !json.isString());
    }
}
