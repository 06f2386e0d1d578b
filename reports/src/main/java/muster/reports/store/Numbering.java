package muster.reports.store;

import org.jdbi.v3.core.Handle;

/** Hands out numbers without gaps. Whoever holds a name's number holds it until the transaction ends. */
final class Numbering {

    private Numbering() {}

    /** Locks a name of table {@code numbering} and tells the newest number given. */
    static long lock(Handle handle, String name) {
        return handle.createQuery("SELECT newest FROM numbering WHERE name = :name FOR UPDATE")
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
