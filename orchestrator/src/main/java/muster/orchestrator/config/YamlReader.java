package muster.orchestrator.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Reads YAML 1.2 into {@link Node}s. One document of mappings, sequences and plain values: no tags, anchors or aliases,
 * no key twice, at most {@link #MOST_BYTES} and {@link #DEEPEST} levels.
 */
final class YamlReader {

    static final int MOST_BYTES = 1 << 20;
    static final int DEEPEST = 32;

    private final String source;
    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(String source, String text, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.events = new Parse(LoadSettings.builder().setLabel(source).build())
                .parseString(text)
                .iterator();
    }

    /**
     * Reads a document. Mistakes go to {@code problems}; with one of grammar nothing more is read.
     *
     * @return empty when there is nothing in it, or nothing that could be read
     */
    static Optional<Node> read(String source, byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(Place.whole(source), "the file is too big", "at most " + Sizes.format(MOST_BYTES));
            return Optional.empty();
        }
        try {
            YamlReader reader = new YamlReader(source, decode(source, bytes), problems);
            return reader.document();
        } catch (Unreadable bad) {
            problems.add(bad.problem);
        } catch (MarkedYamlEngineException bad) {
            Place place = bad.getProblemMark()
                    .or(bad::getContextMark)
                    .map(mark -> place(source, mark))
                    .orElse(Place.whole(source));
            problems.add(place, "cannot read this as YAML: " + reason(bad), "");
        } catch (ReaderException bad) {
            problems.add(
                    Place.whole(source),
                    "cannot read this as YAML: the character U+%04X at offset %d may not stand in it"
                            .formatted(bad.getCodePoint(), bad.getPosition()),
                    "");
        }
        return Optional.empty();
    }

    private static String reason(MarkedYamlEngineException bad) {
        String problem = String.valueOf(bad.getProblem());
        return problem.contains("TAB") ? "a tab stands here, and only spaces can indent" : problem;
    }

    private Optional<Node> document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        Node root = node(events.next(), 1);
        events.next();
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            problems.add(place(end), "a second document begins here", "one document in a file");
        }
        boolean nothing = root instanceof Node.Scalar scalar
                && scalar.plain()
                && scalar.text().isEmpty();
        return nothing ? Optional.empty() : Optional.of(root);
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable(place(event), "too many levels of lists and mappings", "at most " + DEEPEST);
        }
        return switch (event) {
            case MappingStartEvent start -> mapping(start, depth);
            case SequenceStartEvent start -> sequence(start, depth);
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent alias -> {
                problems.add(place(alias), "an alias stands here", "the value itself, written out");
                yield new Node.Scalar(place(alias), "", true);
            }
            default -> throw new IllegalStateException("cannot place the YAML event " + event);
        };
    }

    private Node.Scalar scalar(ScalarEvent scalar) {
        checkPlain(scalar, scalar.getAnchor(), scalar.getTag());
        return new Node.Scalar(place(scalar), scalar.getValue(), scalar.isPlain());
    }

    private Node.Sequence sequence(SequenceStartEvent start, int depth) {
        checkPlain(start, start.getAnchor(), start.getTag());
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Node.Sequence(place(start), List.copyOf(items));
    }

    private Node.Mapping mapping(MappingStartEvent start, int depth) {
        checkPlain(start, start.getAnchor(), start.getTag());
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Node key = node(event, depth + 1);
            Node value = node(events.next(), depth + 1);
            String name = name(key);
            if (name != null) {
                Node.Entry first = entries.putIfAbsent(name, new Node.Entry(key.place(), value));
                if (first != null) {
                    String message = "the key " + Words.quoted(name) + " stands here twice";
                    problems.add(
                            key.place(),
                            message,
                            "it once; the first is in line " + first.keyPlace().line());
                }
            }
            event = events.next();
        }
        return new Node.Mapping(place(start), Collections.unmodifiableSequencedMap(entries));
    }

    private @Nullable String name(Node key) {
        if (key instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        problems.add(key.place(), "a list or mapping cannot be a key", "a word");
        return null;
    }

    private void checkPlain(Event event, Optional<Anchor> anchor, Optional<String> tag) {
        if (anchor.isPresent()) {
            problems.add(place(event), "an anchor stands here", "the value alone: aliases are not read");
        }
        if (tag.isPresent()) {
            problems.add(
                    place(event),
                    "the tag " + Words.quoted(tag.get()) + " stands here",
                    "the value alone: tags are not read");
        }
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(source, mark)).orElse(Place.whole(source));
    }

    private static Place place(String source, Mark mark) {
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String decode(String source, byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult end = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (end.isError()) {
            String before = text.toString();
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            throw new Unreadable(
                    new Place(source, line, before.length() - before.lastIndexOf('\n')),
                    "bytes that are not UTF-8",
                    "text in UTF-8");
        }
        return text.toString();
    }

    /** From here on nothing can be read. */
    private static final class Unreadable extends RuntimeException {
        private final transient ConfigProblem problem;

        Unreadable(Place place, String message, String expected) {
            this.problem = new ConfigProblem(place, message, expected, null);
        }
    }
}
