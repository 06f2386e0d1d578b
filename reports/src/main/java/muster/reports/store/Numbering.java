package muster.reports.store;

import org.jdbi.v3.core.Handle;

/** Hands out numbers without gaps. Whoever holds a name's number holds it until the transaction ends. */
final class Numbering {

    private Numbering() {}

    /** The newest number given, without a lock: while it stays, nothing was added. */
    static long newest(Handle handle, String name) {
        return newest(handle, name, "");
    }

    /** Locks a name of table {@code numbering} and tells the newest number given. */
    static long lock(Handle handle, String name) {
        return newest(handle, name, " FOR UPDATE");
    }

    private static long newest(Handle handle, String name, String lock) {
        return handle.createQuery("SELECT newest FROM numbering WHERE name = :name" + lock)
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    /** Records the newest number given, under the lock. */
    static void given(Handle handle, String name, long newest) {
        handle.createUpdate("UPDATE numbering SET newest = :newest WHERE name = :name")
                .bind("name", name)
                .bind("newest", newest)
                .execute();
    }

    /** One number. */
    static long next(Handle handle, String name) {
        long next = lock(handle, name) + 1;
        given(handle, name, next);
        return next;
    }
}
