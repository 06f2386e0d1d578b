package muster.reports.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A copy of all tables in a schema beside their own, with keys, indexes and where counting stands. To go back to it, rename
 * the schema that is in use, then give the copy its name.
 */
final class SchemaCopy {

    private SchemaCopy() {}

    private record Counted(String table, String column) {}

    static String make(Handle handle, String name) {
        String own = handle.createQuery("SELECT current_schema()")
                .mapTo(String.class)
                .one();
        handle.execute("CREATE SCHEMA " + name);
        List<String> tables = handle.createQuery("SELECT table_name FROM information_schema.tables "
                        + "WHERE table_schema = :own AND table_type = 'BASE TABLE' ORDER BY table_name")
                .bind("own", own)
                .mapTo(String.class)
                .list();
        for (String table : tables) {
            String copy = name + ".\"" + table + "\"";
            handle.execute("CREATE TABLE " + copy + " (LIKE \"" + own + "\".\"" + table + "\" INCLUDING ALL)");
            handle.execute(
                    "INSERT INTO " + copy + " OVERRIDING SYSTEM VALUE SELECT * FROM \"" + own + "\".\"" + table + "\"");
        }
        for (Counted counted : counted(handle, name)) {
            handle.execute("SELECT setval(pg_get_serial_sequence('" + name + ".\"" + counted.table() + "\"', '"
                    + counted.column() + "'), (SELECT COALESCE(MAX(\"" + counted.column() + "\"), 0) + 1 FROM " + name
                    + ".\"" + counted.table() + "\"), FALSE)");
        }
        return name;
    }

    private static List<Counted> counted(Handle handle, String schema) {
        return handle.createQuery("SELECT table_name, column_name FROM information_schema.columns "
                        + "WHERE table_schema = :schema AND is_identity = 'YES'")
                .bind("schema", schema)
                .map((row, context) -> new Counted(row.getString(1), row.getString(2)))
                .list();
    }
}
