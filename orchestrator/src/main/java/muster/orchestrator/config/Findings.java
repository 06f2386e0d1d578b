package muster.orchestrator.config;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says in a person's words what a JSON schema validator found. What was expected comes from the schema's own titles. */
final class Findings {

    private final Node.Mapping document;
    private final Problems problems;

    Findings(Node.Mapping document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    void add(List<Error> errors) {
        for (Error error : errors) {
            add(error);
        }
    }

    private void add(Error error) {
        List<String> path = elements(error.getInstanceLocation());
        Node node = document.at(path).orElse(document);
        JsonNode schema = schemaOf(error);
        switch (error.getKeyword()) {
            case "additionalProperties" -> {
                List<String> known = List.copyOf(schema.path("properties").propertyNames());
                problems.addUnknown(keyPlace(node, error.getProperty()), "key", error.getProperty(), known);
            }
            case "required" -> {
                String described = schema.path("properties")
                        .path(error.getProperty())
                        .path("description")
                        .asString("");
                problems.add(
                        node.place(), "missing key " + Words.quoted(error.getProperty()), firstSentence(described));
            }
            case "propertyNames" -> {
                JsonNode names = Schema.resolve(new Schema.Spot(fileOf(error), schema.path("propertyNames")))
                        .node();
                problems.add(
                        keyPlace(node, error.getProperty()),
                        "bad key " + Words.quoted(error.getProperty()),
                        expected(names));
            }
            case "uniqueItems" -> addTwice((Node.Sequence) node);
            default ->
                problems.add(new ConfigProblem(node.place(), bad(node, path), expected(schema), nearest(node, schema)));
        }
    }

    /** The schema whose keyword was not met; where it is one of several ways, the schema that lists the ways. */
    private static JsonNode schemaOf(Error error) {
        NodePath fragment = error.getSchemaLocation().getFragment();
        int levelsUp = 1;
        for (int i = 0; i < fragment.getNameCount(); i++) {
            if (fragment.getElement(i).equals("anyOf")) {
                levelsUp = fragment.getNameCount() - i;
            }
        }
        return Schema.at(error.getSchemaLocation(), levelsUp).node();
    }

    private static String fileOf(Error error) {
        return Schema.at(error.getSchemaLocation(), 0).file();
    }

    private static Place keyPlace(Node node, String key) {
        Node.Entry entry =
                node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
        return entry == null ? node.place() : entry.keyPlace();
    }

    private void addTwice(Node.Sequence list) {
        Set<JsonNode> seen = new HashSet<>();
        for (Node item : list.items()) {
            if (!seen.add(Json.of(item))) {
                String what = item instanceof Node.Scalar scalar ? Words.quoted(scalar.text()) : "the same";
                problems.add(item.place(), what + " stands here twice", "it once");
            }
        }
    }

    private static String bad(Node node, List<String> path) {
        String where = path.stream().filter(part -> !isNumber(part)).reduce("", (all, last) -> last);
        String of = where.isEmpty() ? "" : " for " + Words.quoted(where);
        return switch (node) {
            case Node.Scalar scalar when scalar.plain() && scalar.text().isEmpty() -> "no value" + of;
            case Node.Scalar scalar -> "bad value " + Words.quoted(scalar.text()) + of;
            case Node.Sequence list -> (list.items().isEmpty() ? "an empty list" : "a list") + of;
            case Node.Mapping mapping -> (mapping.entries().isEmpty() ? "an empty mapping" : "a mapping") + of;
        };
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What a schema accepts, from its title and examples. */
    private static String expected(JsonNode schema) {
        if (schema.has("enum")) {
            return Words.oneOf(texts(schema.get("enum")));
        }
        String title = schema.path("title").asString("");
        List<String> examples = texts(schema.path("examples"));
        return examples.isEmpty() ? title : title + ", such as " + Words.or(examples);
    }

    private static @Nullable String nearest(Node node, JsonNode schema) {
        return node instanceof Node.Scalar scalar && schema.has("enum")
                ? Nearest.to(scalar.text(), texts(schema.get("enum"))).orElse(null)
                : null;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .map(value -> value.isString() ? value.stringValue() : value.toString())
                .toList();
    }

    private static String firstSentence(String description) {
        int stop = description.indexOf(". ");
        String sentence = stop < 0 ? description : description.substring(0, stop);
        String bare = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return bare.isEmpty() ? "" : Character.toLowerCase(bare.charAt(0)) + bare.substring(1);
    }

    private static List<String> elements(NodePath path) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            elements.add(String.valueOf(path.getElement(i)));
        }
        return elements;
    }
}
