package muster.reports.store;

import java.util.Map;
import java.util.Optional;
import muster.reports.CellKey;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Suites and lanes: each stands once, from the first run that has it. */
final class Lanes {

    private Lanes() {}

    /** The id of a lane, added with its suite where it is new; for an interning transaction. */
    static long id(Handle handle, CellKey key) {
        Long found = find(handle, key);
        if (found != null) {
            return found;
        }
        long newest = Numbering.lock(handle, "lane");
        found = find(handle, key);
        if (found != null) {
            return found;
        }
        long suite = suite(handle, key.suite()).orElseGet(() -> addSuite(handle, key.suite()));
        handle.execute(
                "INSERT INTO lane (id, distribution, suite, variant, driver) VALUES (?, ?, ?, ?, ?)",
                newest + 1,
                key.distribution(),
                suite,
                key.variant(),
                key.driver());
        Numbering.given(handle, "lane", newest + 1);
        return newest + 1;
    }

    /** The id of a suite that is there. */
    static Optional<Long> suite(Handle handle, String name) {
        return handle.createQuery("SELECT id FROM suite WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    /** The names of all suites. */
    static Map<Long, String> suites(Handle handle) {
        return Lookup.of(handle.createQuery("SELECT id, name FROM suite"), Long.class, String.class);
    }

    static @Nullable Long find(Handle handle, CellKey key) {
        return handle.createQuery("SELECT l.id FROM lane l JOIN suite s ON s.id = l.suite WHERE s.name = :suite "
                        + "AND l.distribution = :distribution AND l.variant = :variant AND l.driver = :driver")
                .bind("suite", key.suite())
                .bind("distribution", key.distribution())
                .bind("variant", key.variant())
                .bind("driver", key.driver())
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    private static long addSuite(Handle handle, String name) {
        long id = Numbering.next(handle, "suite");
        handle.execute("INSERT INTO suite (id, name, cases) VALUES (?, ?, 0)", id, name);
        return id;
    }
}
