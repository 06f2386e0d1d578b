package muster.orchestrator.matrix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.ConfigProblem;
import muster.orchestrator.config.Nearest;
import muster.orchestrator.config.Place;
import muster.orchestrator.config.Problems;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/**
 * Picks cells: {@code distribution:suite:variant@driver}, where parts may be left out from the right and {@code *} stands
 * for any characters. Several together pick what any of them picks; one that begins with {@code !} takes away instead,
 * and when all do, they take away from all cells.
 */
public final class Selector {

    /** One of the parts of a cell's key: its word for people, and how to find it. */
    private record Part(String word, Function<CellKey, String> of) {}

    private static final List<Part> PARTS = List.of(
            new Part("distribution", CellKey::distribution),
            new Part("suite", CellKey::suite),
            new Part("variant", CellKey::variant));
    private static final Part DRIVER = new Part("driver", CellKey::driver);

    /** One selector: the parts that it names, each with the pattern it must match. */
    private record One(String text, boolean takesAway, List<Condition> conditions) {
        boolean matches(CellKey cell) {
            return conditions.stream().allMatch(condition -> condition.matches(cell));
        }
    }

    private record Condition(Part part, String glob, Pattern pattern) {
        boolean matches(CellKey cell) {
            return pattern.matcher(part.of().apply(cell)).matches();
        }
    }

    private final List<One> all;

    private Selector(List<One> all) {
        this.all = all;
    }

    /**
     * Reads selectors; none at all select every cell.
     *
     * @throws ConfigError when one cannot be read
     */
    public static Selector parse(List<String> texts) throws ConfigError {
        Problems problems = new Problems();
        List<One> all = new ArrayList<>();
        for (String text : texts) {
            One one = parse(text);
            if (one == null) {
                problems.add(
                        place(text),
                        "cannot read this selector",
                        "distribution:suite:variant@driver, such as debian-12:posix or *@uml");
            } else {
                all.add(one);
            }
        }
        problems.throwIfAny();
        return new Selector(all);
    }

    private static @Nullable One parse(String text) {
        boolean takesAway = text.startsWith("!");
        String[] sides = text.substring(takesAway ? 1 : 0).split("@", -1);
        String[] globs = sides[0].split(":", -1);
        if (sides.length > 2 || globs.length > PARTS.size()) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < globs.length; i++) {
            conditions.add(condition(PARTS.get(i), globs[i]));
        }
        if (sides.length == 2) {
            conditions.add(condition(DRIVER, sides[1]));
        }
        boolean wellFormed =
                conditions.stream().allMatch(condition -> condition.glob().matches("[A-Za-z0-9._+*-]+"));
        return wellFormed ? new One(text, takesAway, conditions) : null;
    }

    private static Condition condition(Part part, String glob) {
        return new Condition(part, glob, Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E"));
    }

    /**
     * Picks among cells, in their order.
     *
     * @throws ConfigError when one of the selectors matches none of them, or all together leave none
     */
    public List<CellKey> select(Collection<CellKey> cells) throws ConfigError {
        Problems problems = new Problems();
        for (One one : all) {
            if (cells.stream().noneMatch(one::matches)) {
                problems.add(why(one, cells));
            }
        }
        problems.throwIfAny();
        List<CellKey> selected = cells.stream().filter(this::selects).toList();
        if (selected.isEmpty() && !cells.isEmpty()) {
            String texts = String.join(" ", all.stream().map(One::text).toList());
            problems.add(place(texts), "these selectors together leave no cell", "at least one cell that is left");
        }
        problems.throwIfAny();
        return selected;
    }

    /** Whether it picks a cell. */
    public boolean selects(CellKey cell) {
        boolean any = all.stream().allMatch(One::takesAway)
                || all.stream().anyMatch(one -> !one.takesAway() && one.matches(cell));
        return any && all.stream().noneMatch(one -> one.takesAway() && one.matches(cell));
    }

    /** The first part that no cell has, given the parts before it. */
    private static ConfigProblem why(One one, Collection<CellKey> cells) {
        List<CellKey> left = List.copyOf(cells);
        for (Condition condition : one.conditions()) {
            Collection<String> known = new TreeSet<>();
            left.forEach(cell -> known.add(condition.part().of().apply(cell)));
            left = left.stream().filter(condition::matches).toList();
            if (left.isEmpty()) {
                return new ConfigProblem(
                        place(one.text()),
                        "selects no cell: no " + condition.part().word() + " is called '" + condition.glob() + "'",
                        known.isEmpty() ? "" : (known.size() == 1 ? "" : "one of ") + String.join(", ", known),
                        Nearest.to(condition.glob(), known).orElse(null));
            }
        }
        throw new IllegalStateException("cannot say why " + one.text() + " selects nothing: it selects " + left);
    }

    private static Place place(String text) {
        return Place.whole("selector " + text);
    }
}
