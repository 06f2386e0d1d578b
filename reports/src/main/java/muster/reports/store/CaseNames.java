package muster.reports.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The names of cases, interned by suite. A case's number counts from 1 in its suite and never changes. */
final class CaseNames {

    private static final int RECENT = 100_000;

    private final Connections connections;

    /** Of suites all of whose names are recent: the newest number. There, a name that is not recent is new. */
    private final Map<Long, Integer> whole = new ConcurrentHashMap<>();

    private final Recent<Key, Integer> recent;

    private record Key(long suite, String name) {}

    CaseNames(Connections connections) {
        this(connections, RECENT);
    }

    /** @param most how many names are held */
    CaseNames(Connections connections, int most) {
        this.connections = connections;
        recent = new Recent<>(most, key -> whole.remove(key.suite()));
    }

    /** The numbers of names, in their order; those not there yet are added in that order. */
    int[] numbers(long suite, List<String> names) {
        int known = whole.getOrDefault(suite, 0); // before the first look at what is recent
        int[] numbers = new int[names.size()];
        Set<String> unknown = new HashSet<>();
        List<String> ordered = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            Integer number = recent.get(new Key(suite, names.get(i)));
            numbers[i] = number == null ? 0 : number;
            if (number == null && unknown.add(names.get(i))) {
                ordered.add(names.get(i));
            }
        }
        if (!ordered.isEmpty()) {
            Map<String, Integer> asked = connections.intern(handle -> findOrAdd(handle, suite, known, ordered));
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] == 0) {
                    numbers[i] = Known.of(asked, names.get(i));
                }
            }
            Map<Key, Integer> keys = new HashMap<>();
            asked.forEach((name, number) -> keys.put(new Key(suite, name), number));
            remember(suite, known, keys);
        }
        return numbers;
    }

    private void remember(long suite, int known, Map<Key, Integer> keys) {
        int newest = keys.values().stream().mapToInt(number -> number).max().orElseThrow();
        synchronized (recent) {
            recent.putAll(keys);
            if (whole.getOrDefault(suite, 0) == known && newest == known + keys.size()) {
                whole.put(suite, newest);
            }
        }
    }

    /** The number of one name, if it was ever seen. */
    static Optional<Integer> number(Handle handle, long suite, String name) {
        return Optional.ofNullable(find(handle, suite, List.of(name)).get(name));
    }

    /** The names of numbers. */
    static Map<Integer, String> names(Handle handle, long suite, int[] numbers) {
        return Lookup.of(
                handle.createQuery("SELECT u.number, n.name FROM UNNEST(CAST(:numbers AS INTEGER ARRAY)) AS u(number) "
                                + "LEFT JOIN case_name n ON n.suite = :suite AND n.number = u.number")
                        .bindArray(
                                "numbers",
                                Integer.class,
                                Arrays.stream(numbers).boxed().toList())
                        .bind("suite", suite),
                Integer.class,
                String.class);
    }

    /** Those of some numbers whose names contain a part, in any case of letters. */
    static Set<Integer> containing(Handle handle, long suite, int[] numbers, String part) {
        return handle.createQuery("SELECT u.number FROM UNNEST(CAST(:numbers AS INTEGER ARRAY)) AS u(number) "
                        + "LEFT JOIN case_name n ON n.suite = :suite AND n.number = u.number "
                        + "WHERE LOWER(n.name) LIKE :pattern ESCAPE '!'")
                .bindArray(
                        "numbers", Integer.class, Arrays.stream(numbers).boxed().toList())
                .bind("suite", suite)
                .bind("pattern", "%" + Texts.name(part).toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%")
                .mapTo(Integer.class)
                .collect(Collectors.toSet());
    }

    private Map<String, Integer> findOrAdd(Handle handle, long suite, int known, List<String> names) {
        int newest = newest(handle, suite, "");
        boolean allNew = newest == known && whole.getOrDefault(suite, 0) == known; // nothing was forgotten meanwhile
        Map<String, Integer> found = allNew ? new HashMap<>() : find(handle, suite, names);
        if (found.size() < names.size()) {
            int locked = newest(handle, suite, " FOR UPDATE");
            if (locked > newest) {
                found = find(handle, suite, names);
            }
            add(handle, suite, locked, names, found);
        }
        return found;
    }

    private static int newest(Handle handle, long suite, String lock) {
        return handle.createQuery("SELECT cases FROM suite WHERE id = :suite" + lock)
                .bind("suite", suite)
                .mapTo(Integer.class)
                .one();
    }

    private static void add(Handle handle, long suite, int newest, List<String> names, Map<String, Integer> found) {
        List<Integer> newNumbers = new ArrayList<>();
        List<String> newNames = new ArrayList<>();
        int number = newest;
        for (String name : names) {
            if (!found.containsKey(name)) {
                newNumbers.add(++number);
                newNames.add(name);
                found.put(name, number);
            }
        }
        Bulk.insert(
                handle,
                "case_name",
                List.of(
                        new Bulk.Column<>("suite", "BIGINT", Long.class, Collections.nCopies(newNumbers.size(), suite)),
                        new Bulk.Column<>("number", "INTEGER", Integer.class, newNumbers),
                        new Bulk.Column<>("name", "VARCHAR", String.class, newNames)));
        handle.createUpdate("UPDATE suite SET cases = :cases WHERE id = :suite")
                .bind("cases", number)
                .bind("suite", suite)
                .execute();
    }

    /** The numbers of those names that were ever seen. */
    static Map<String, Integer> find(Handle handle, long suite, Collection<String> names) {
        return Lookup.of(
                handle.createQuery("SELECT u.name, n.number FROM UNNEST(CAST(:names AS VARCHAR ARRAY)) AS u(name) "
                                + "LEFT JOIN case_name n ON n.suite = :suite AND n.name = u.name")
                        .bindArray("names", String.class, List.copyOf(names))
                        .bind("suite", suite),
                String.class,
                Integer.class);
    }
}
