package muster.reports.store;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Adds many rows to a table by one statement over arrays: on H2 twice as fast as a JDBC batch, on PostgreSQL four times, and
 * as fast there as COPY.
 */
final class Bulk {

    private Bulk() {}

    /**
     * One column of the rows.
     *
     * @param sqlType e.g. {@code BIGINT}
     * @param type of its values, one that the connection knows as an array's
     * @param values one for each row
     */
    record Column<V>(String name, String sqlType, Class<V> type, List<V> values) {

        private void bind(Update update) {
            update.bindArray(name, type, values);
        }
    }

    static void insert(Handle handle, String table, List<Column<?>> columns) {
        String arrays = columns.stream()
                .map(column -> "CAST(:" + column.name() + " AS " + column.sqlType() + " ARRAY)")
                .collect(Collectors.joining(", "));
        try (Update update = handle.createUpdate("INSERT INTO " + table + " (" + names(columns) + ") SELECT "
                + names(columns) + " FROM UNNEST(" + arrays + ") AS u(" + names(columns) + ")")) {
            columns.forEach(column -> column.bind(update));
            update.execute();
        }
    }

    private static String names(List<Column<?>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
