package muster.orchestrator.config;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Puts one set of keys over another, key by key; lists and values are replaced whole. */
final class Layers {

    private Layers() {}

    static Node.Mapping over(Node.Mapping below, Node.Mapping above) {
        SequencedMap<String, Node.Entry> merged = new LinkedHashMap<>(below.entries());
        above.entries()
                .forEach((key, entry) -> merged.merge(
                        key,
                        entry,
                        (lower, upper) -> lower.value() instanceof Node.Mapping lowerMap
                                        && upper.value() instanceof Node.Mapping upperMap
                                ? new Node.Entry(upper.keyPlace(), over(lowerMap, upperMap))
                                : upper));
        return new Node.Mapping(below.place(), Collections.unmodifiableSequencedMap(merged));
    }

    /**
     * Puts settings over a document.
     *
     * @param settings dotted path of keys to a value in YAML, as in {@code --set limits.suite=10s}
     */
    static Node.Mapping set(Node.Mapping document, Map<String, String> settings, Problems problems) {
        Node.Mapping changed = document;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String source = "--set " + setting.getKey() + "=" + setting.getValue();
            List<String> path = List.of(setting.getKey().split("\\.", -1));
            Place place = Place.whole(source);
            Problems grammar = new Problems();
            Node value = YamlReader.read(source, setting.getValue().getBytes(StandardCharsets.UTF_8), grammar)
                    .map(node -> at(place, node))
                    .orElseGet(() -> new Node.Scalar(place, "", true));
            problems.addAll(grammar);
            if (grammar.isEmpty() && canHold(changed, path, source, problems)) {
                changed = put(changed, path, value);
            }
        }
        return changed;
    }

    private static Node.Mapping put(Node.Mapping in, List<String> path, Node value) {
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>(in.entries());
        Node.Entry there = entries.get(path.getFirst());
        Place place = value.place();
        Node fresh = value;
        if (path.size() > 1) {
            Node.Mapping inner = there != null && there.value() instanceof Node.Mapping mapping
                    ? mapping
                    : new Node.Mapping(place, new LinkedHashMap<>());
            fresh = put(inner, path.subList(1, path.size()), value);
        }
        entries.put(path.getFirst(), new Node.Entry(there == null ? place : there.keyPlace(), fresh));
        return new Node.Mapping(in.place(), Collections.unmodifiableSequencedMap(entries));
    }

    private static boolean canHold(Node.Mapping document, List<String> path, String source, Problems problems) {
        for (int i = 1; i < path.size(); i++) {
            List<String> outer = path.subList(0, i);
            if (document.at(outer)
                    .filter(node -> !(node instanceof Node.Mapping))
                    .isPresent()) {
                problems.add(
                        Place.whole(source),
                        "there is nothing to set within " + Words.quoted(String.join(".", outer))
                                + ": it holds no keys",
                        "the whole value, as in --set " + String.join(".", outer) + "=...");
                return false;
            }
        }
        return true;
    }

    /** The same without lines: a setting has but one. */
    private static Node at(Place place, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> new Node.Scalar(place, scalar.text(), scalar.plain());
            case Node.Sequence list ->
                new Node.Sequence(
                        place,
                        list.items().stream().map(item -> at(place, item)).toList());
            case Node.Mapping mapping -> {
                SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> entries.put(key, new Node.Entry(place, at(place, entry.value()))));
                yield new Node.Mapping(place, entries);
            }
        };
    }
}
