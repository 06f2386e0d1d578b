package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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
            for (int i = 0; i < 20; i++) {
                ask(connections);
            }
            connections.change(handle -> Bulk.insert(
                    handle,
                    "named",
                    List.of(
                            new Bulk.Column<>(
                                    "number",
                                    "INTEGER",
                                    Integer.class,
                                    IntStream.range(0, MANY).boxed().toList()),
                            new Bulk.Column<>("name", "VARCHAR", String.class, Collections.nCopies(MANY, "a name")))));
            assertThat(ask(connections)).isNotEmpty().allMatch(plan -> plan.contains("kept 0,"));
        }
    }

    /** Asks, and tells how often this connection took a plan that it had kept, and one of the moment. */
    private static List<String> ask(Connections connections) {
        return connections.look(handle -> {
            Lookup.of(
                    handle.createQuery(
                                    "SELECT u.number, n.name FROM UNNEST(CAST(:numbers AS INTEGER ARRAY)) AS u(number) "
                                            + "LEFT JOIN named n ON n.number = u.number")
                            .bindArray(
                                    "numbers",
                                    Integer.class,
                                    IntStream.range(0, 30).boxed().toList()),
                    Integer.class,
                    String.class);
            return handle.createQuery("SELECT 'kept ' || generic_plans || ', made ' || custom_plans "
                            + "FROM pg_prepared_statements WHERE statement LIKE 'SELECT u.number, n.name%'")
                    .mapTo(String.class)
                    .list();
        });
    }
}
