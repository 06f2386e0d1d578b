package muster.orchestrator.config;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What stands in a file, with its places. */
sealed interface Node {

    Place place();

    /** Keys and values, in the file's order. */
    record Mapping(Place place, SequencedMap<String, Entry> entries) implements Node {}

    /** A value of a mapping, and where its key stands. */
    record Entry(Place keyPlace, Node value) {}

    record Sequence(Place place, List<Node> items) implements Node {}

    /**
     * A single value.
     *
     * @param plain whether it stands there without quotes, so that it may be more than text: a number, a truth value or
     *     nothing
     */
    record Scalar(Place place, String text, boolean plain) implements Node {}

    /** What a path of keys and, for sequences, numbers leads to. */
    default Optional<Node> at(List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(this);
        }
        List<String> rest = path.subList(1, path.size());
        return switch (this) {
            case Mapping mapping ->
                Optional.ofNullable(mapping.entries().get(path.getFirst()))
                        .flatMap(entry -> entry.value().at(rest));
            case Sequence sequence ->
                sequence.items().get(Integer.parseInt(path.getFirst())).at(rest);
            case Scalar scalar -> Optional.empty();
        };
    }
}
