package muster.orchestrator.web;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import muster.orchestrator.config.Sizes;

/**
 * What had no reason to stay.
 *
 * @param at when it was looked for
 * @param early whether that was because the disk was nearly full
 * @param parts by kind, in the order in which it was looked for
 */
public record Tidied(Instant at, boolean early, List<Part> parts) {

    /**
     * Things of one kind.
     *
     * @param kind its word, e.g. {@code images}
     * @param count how many
     * @param bytes what they took
     * @param problem why not all was looked at, a sentence, or empty
     */
    public record Part(String kind, int count, long bytes, String problem) {}

    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** What it came to, a few words: {@code 12 files, 3 images: 4.2G}. */
    public String words() {
        String what = parts.stream()
                .filter(part -> part.count() > 0)
                .map(part -> part.count() + " " + part.kind())
                .collect(Collectors.joining(", "));
        String problems = parts.stream()
                .filter(part -> !part.problem().isEmpty())
                .map(part -> "; " + part.problem())
                .collect(Collectors.joining());
        return (what.isEmpty() ? "nothing had to go" : what + ": " + Sizes.format(bytes())) + problems;
    }
}
