package muster.orchestrator.config;

import java.util.Comparator;

/**
 * Where something stands.
 *
 * @param source the file as people know it, or what else was read, e.g. {@code --set limits.boot=10s}
 * @param line from 1; 0 where the source has no lines, or is meant as a whole
 * @param column from 1, in characters; 0 like the line
 */
public record Place(String source, int line, int column) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::source).thenComparingInt(Place::line).thenComparingInt(Place::column);

    /** A source as a whole. */
    public static Place whole(String source) {
        return new Place(source, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
