package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** A connection lives longer than tables stay small. */
class PostgresPlansTest {

    private static final int MANY = 50_000;

    @Test
    void aStatementThatWasFirstSeenWhileItsTableWasSmallFindsItsWayWhenItIsLarge() {
        DatabaseAddress address = Samples.at(PostgresServer.newDatabase());
        try (Connections connections = new Connections(Database.POSTGRESQL, address)) {
            connections.change(
                    handle -> handle.execute("CREATE TABLE named (number INTEGER PRIMARY KEY, name VARCHAR)"));
            connections.change(handle -> {
                for (int i = 0; i < 20; i++) {
                    ask(handle);
                }
                List<Integer> numbers = IntStream.range(0, MANY).boxed().toList();
                Bulk.insert(
                        handle,
                        "named",
                        List.of(
                                new Bulk.Column<>("number", "INTEGER", Integer.class, numbers),
                                new Bulk.Column<>(
                                        "name", "VARCHAR", String.class, Collections.nCopies(MANY, "a name"))));
                ask(handle);
                assertThat(plans(handle)).isNotEmpty().allMatch(plan -> plan.contains("kept 0,"));
            });
        }
    }

    private static void ask(Handle handle) {
        Lookup.of(
                handle.createQuery("SELECT u.number, n.name FROM UNNEST(CAST(:numbers AS INTEGER ARRAY)) AS u(number) "
                                + "LEFT JOIN named n ON n.number = u.number")
                        .bindArray(
                                "numbers",
                                Integer.class,
                                IntStream.range(0, 30).boxed().toList()),
                Integer.class,
                String.class);
    }

    /** How often the server took a plan that it had kept, and one of the moment. */
    private static List<String> plans(Handle handle) {
        return handle.createQuery("SELECT 'kept ' || generic_plans || ', made ' || custom_plans "
                        + "FROM pg_prepared_statements WHERE statement LIKE '%LEFT JOIN named%'")
                .mapTo(String.class)
                .list();
    }
}
