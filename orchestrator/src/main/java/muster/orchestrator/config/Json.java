package muster.orchestrator.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a file says, as the JSON that schemas are about. Plain values are read by YAML 1.2's core schema. */
final class Json {

    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]{1,18}|[0-9]{1,18}(\\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,2})?");

    private Json() {}

    static JsonNode of(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                ObjectNode object = FACTORY.objectNode();
                mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
                yield object;
            }
            case Node.Sequence sequence -> {
                ArrayNode array = FACTORY.arrayNode();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Node.Scalar scalar -> scalar.plain() ? ofPlain(scalar.text()) : FACTORY.stringNode(scalar.text());
        };
    }

    private static JsonNode ofPlain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> FACTORY.nullNode();
            case "true", "True", "TRUE" -> FACTORY.booleanNode(true);
            case "false", "False", "FALSE" -> FACTORY.booleanNode(false);
            default -> {
                if (INTEGER.matcher(text).matches()) {
                    yield FACTORY.numberNode(Long.parseLong(text));
                }
                yield DECIMAL.matcher(text).matches()
                        ? FACTORY.numberNode(new BigDecimal(text))
                        : FACTORY.stringNode(text);
            }
        };
    }
}
