package muster.reports;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A run as one file, and back: a tar archive compressed by zstd, with a manifest, the run and its cells, every attempt with
 * its provenance and its results case by case, the waivers that tell something of it, and the files that were kept.
 */
public interface Archives {

    /**
     * Writes a run that has ended, whole or not at all.
     *
     * @param program what writes it, with its version
     * @throws ArchiveRefused when there is no such run, or when it or an attempt of it has not ended
     */
    void write(long run, Path file, String program) throws IOException;

    /**
     * Reads a run into this store, all of it or nothing. It is the newest run here. It counts in its lanes, unless they
     * already have a history of runs that were queued later. Its waivers are its own: they waive nothing of other runs.
     *
     * @return its number here
     * @throws ArchiveRefused when the file is no such archive, is damaged or newer than this program, or when the run is
     *     here already
     */
    long read(Path file) throws IOException;

    /** An archive cannot be written or read as it is; the message says why, and what to do. */
    final class ArchiveRefused extends IOException {
        public ArchiveRefused(String message) {
            super(message);
        }

        public ArchiveRefused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
