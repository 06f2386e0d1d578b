package muster.images;

import java.nio.file.Path;

/**
 * Puts what a suite needs onto a disk, by booting a guest on it.
 *
 * @param <E> what it throws when it cannot
 */
@FunctionalInterface
public interface Preparer<E extends Exception> {

    /**
     * Changes the disk in place. When this returns, nothing has the disk open and its file system is cleanly unmounted.
     *
     * @param writableDisk a whole copy of the base image's disk
     */
    void prepare(Path writableDisk) throws E, InterruptedException;
}
