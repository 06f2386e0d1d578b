package muster.reports.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a database answers, and to whom.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
 * @param user null for the one that the url or the operating system says
 * @param password null for none
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return Database.withoutQuery(url);
    }
}
