package muster.reports.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import muster.reports.view.FactChange;
import muster.reports.view.FactChange.Kind;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What differs in the provenance of two attempts. */
final class FactChanges {

    private FactChanges() {}

    /** All that is known of an attempt. */
    record Known(SortedMap<String, String> facts, SortedMap<String, String> packages) {

        static Known of(Handle handle, long attempt) {
            return handle.createQuery("SELECT a.provenance, a.packages, r.matrix_digest FROM attempt a "
                            + "JOIN cell c ON c.id = a.cell JOIN run r ON r.number = c.run WHERE a.id = :attempt")
                    .bind("attempt", attempt)
                    .map((row, context) -> {
                        SortedMap<String, String> facts =
                                new TreeMap<>(FactLists.facts(handle, row.getObject("provenance", Long.class)));
                        facts.put("matrix.digest", row.getString("matrix_digest"));
                        return new Known(facts, FactLists.facts(handle, row.getObject("packages", Long.class)));
                    })
                    .one();
        }
    }

    /**
     * The most telling first: by kind, what does not differ every night before what does, and packages that the case or its
     * message speaks of before others.
     *
     * @param control an attempt before {@code before}, or null: what differs between these two differs without a reason
     * @param said the case's name and message
     */
    static List<FactChange> between(Known before, Known now, @Nullable Known control, String said) {
        List<FactChange> changes = new ArrayList<>();
        for (String name : names(before.packages(), now.packages())) {
            String then = before.packages().get(name);
            if (!Objects.equals(then, now.packages().get(name))) {
                boolean usual =
                        control != null && !Objects.equals(control.packages().get(name), then);
                changes.add(
                        new FactChange(Kind.PACKAGE, name, then, now.packages().get(name), usual));
            }
        }
        for (String name : names(before.facts(), now.facts())) {
            String then = before.facts().get(name);
            if (!Objects.equals(then, now.facts().get(name))) {
                boolean usual =
                        control != null && !Objects.equals(control.facts().get(name), then);
                changes.add(
                        new FactChange(Kind.of(name), name, then, now.facts().get(name), usual));
            }
        }
        changes.sort(Comparator.comparing((FactChange change) -> change.usual() && change.kind() != Kind.PACKAGE)
                .thenComparing(FactChange::kind)
                .thenComparing(change -> !said.contains(change.name()))
                .thenComparing(FactChange::usual)
                .thenComparing(FactChange::name));
        return changes;
    }

    private static Set<String> names(SortedMap<String, String> before, SortedMap<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names;
    }
}
