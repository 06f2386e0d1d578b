package muster.orchestrator.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers mistakes, so that a person sees all of them at once. */
public final class Problems {

    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    public void add(Place place, String message, String expected) {
        found.add(new ConfigProblem(place, message, expected, null));
    }

    /** A word that is none of the known ones. */
    public void addUnknown(Place place, String what, String word, Collection<String> known) {
        String expected = known.isEmpty() ? "none, for there are none" : Words.oneOf(known);
        String nearest = Nearest.to(word, known).orElse(null);
        found.add(new ConfigProblem(place, "unknown " + what + " " + Words.quoted(word), expected, nearest));
    }

    public void add(ConfigProblem problem) {
        found.add(problem);
    }

    public void addAll(ConfigError error) {
        found.addAll(error.problems());
    }

    public void addAll(Problems others) {
        found.addAll(others.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws ConfigError when there is any */
    public void throwIfAny() throws ConfigError {
        if (!found.isEmpty()) {
            throw new ConfigError(sorted());
        }
    }

    /** All of them, by place. */
    public List<ConfigProblem> sorted() {
        return found.stream().sorted(Comparator.comparing(ConfigProblem::place)).toList();
    }
}
