package muster.orchestrator.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A mapping of a file that meets its schema, defaults included. Asking for a key that the schema does not promise, or as
 * another type than the schema's, is a fault of the program: {@link IllegalStateException}.
 */
public final class Section {

    private final Node.Mapping mapping;

    Section(Node.Mapping mapping) {
        this.mapping = mapping;
    }

    public boolean has(String key) {
        return find(key).isPresent();
    }

    /** Where a key stands, or this section when the key is not there. */
    public Place keyPlace(String key) {
        Node.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.keyPlace();
    }

    public Place place() {
        return mapping.place();
    }

    public Text text(String key) {
        return text(get(key));
    }

    public String string(String key) {
        return text(key).value();
    }

    /** Empty when the key is not there. */
    public Optional<Text> optional(String key) {
        return find(key).map(Section::text);
    }

    public Optional<String> optionalString(String key) {
        return optional(key).map(Text::value);
    }

    /** A value that is read from text, e.g. by {@link Durations#parse}; empty when the key is not there. */
    public <T> Optional<T> optional(String key, Function<String, T> parse) {
        return optional(key).map(text -> parse.apply(text.value()));
    }

    public Duration duration(String key) {
        return Durations.parse(string(key));
    }

    /** Bytes. */
    public long size(String key) {
        return Sizes.parse(string(key));
    }

    public boolean flag(String key) {
        return Boolean.parseBoolean(string(key));
    }

    public double number(String key) {
        return new BigDecimal(string(key)).doubleValue();
    }

    public int whole(String key) {
        return whole(text(key));
    }

    public Optional<Integer> optionalWhole(String key) {
        return optional(key).map(Section::whole);
    }

    /** In whatever form YAML and JSON schema accept as a whole number, e.g. {@code 2.0}. */
    private static int whole(Text text) {
        return new BigDecimal(text.value()).intValueExact();
    }

    public Section section(String key) {
        return section(get(key));
    }

    /** Empty when the key is not there. */
    public Optional<Section> optionalSection(String key) {
        return find(key).map(Section::section);
    }

    /** A section without keys, at the place of this one. */
    public Section empty() {
        return new Section(new Node.Mapping(mapping.place(), new LinkedHashMap<>()));
    }

    /** A list of words; empty when the key is not there. */
    public List<Text> texts(String key) {
        return list(key).stream().map(Section::text).toList();
    }

    public List<String> strings(String key) {
        return texts(key).stream().map(Text::value).toList();
    }

    /** A list of mappings; empty when the key is not there. */
    public List<Section> sections(String key) {
        return list(key).stream().map(Section::section).toList();
    }

    /** A mapping whose keys are names that the person chose, to mappings; empty when the key is not there. */
    public SequencedMap<String, Section> sectionsByName(String key) {
        SequencedMap<String, Section> sections = new LinkedHashMap<>();
        entries(key).forEach((name, entry) -> sections.put(name, section(entry.value())));
        return sections;
    }

    /** A mapping whose keys are names that the person chose, to words; empty when the key is not there. */
    public SequencedMap<String, String> stringsByName(String key) {
        SequencedMap<String, String> strings = new LinkedHashMap<>();
        entries(key)
                .forEach((name, entry) -> strings.put(name, text(entry.value()).value()));
        return strings;
    }

    private SequencedMap<String, Node.Entry> entries(String key) {
        return find(key).map(node -> ((Node.Mapping) node).entries()).orElseGet(LinkedHashMap::new);
    }

    private List<Node> list(String key) {
        return find(key).map(node -> ((Node.Sequence) node).items()).orElse(List.of());
    }

    private static Section section(Node node) {
        if (node instanceof Node.Mapping inner) {
            return new Section(inner);
        }
        throw new IllegalStateException(
                "cannot read " + node.place() + " as a mapping: the schema accepts other things");
    }

    private static Text text(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return new Text(scalar.text(), scalar.place());
        }
        throw new IllegalStateException("cannot read " + node.place() + " as a word: the schema accepts other things");
    }

    private Node get(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalStateException("cannot read " + key + " in " + mapping.place()
                        + ": the schema neither requires it nor has a default"));
    }

    private Optional<Node> find(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Node.Entry::value);
    }
}
