package muster.reports;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended: written once, together with its cases.
 *
 * @param outcome what it came to
 * @param why a sentence for people; empty when it passed
 * @param endedAt when
 * @param exitStatus the suite's exit status, or null when it has none
 * @param complete whether the whole suite was run and read: only a complete main attempt makes history
 * @param notes what the reading found odd, a line each: unreadable lines with their place, a truncated journal, a
 *     ceiling that cut something
 * @param files what was kept: journal, log, console, artefacts
 * @param provenance everything that could explain the result, by dotted name, e.g. {@code image.name}, {@code
 *     kernel.version}, {@code driver.command}, {@code subject.ls}
 * @param packages name to version of the guest's packages; interned by the store
 */
public record Ending(
        Outcome outcome,
        String why,
        Instant endedAt,
        @Nullable Integer exitStatus,
        boolean complete,
        List<String> notes,
        List<KeptFile> files,
        SortedMap<String, String> provenance,
        SortedMap<String, String> packages) {

    /**
     * A file kept beside the database, compressed, under its digest.
     *
     * @param role {@code journal}, {@code log}, {@code manifest}, {@code console} or {@code artefact}
     * @param name the name to show, relative and plain
     * @param digest SHA-256 of the uncompressed content, in hex
     * @param bytes uncompressed size
     * @param cutAt the ceiling in bytes at which it was cut, or 0
     * @param removedAt when retention removed its content, or null: it is there
     */
    public record KeptFile(
            String role,
            String name,
            String digest,
            long bytes,
            long cutAt,
            @Nullable Instant removedAt) {

        /** One whose content is there. */
        public KeptFile(String role, String name, String digest, long bytes, long cutAt) {
            this(role, name, digest, bytes, cutAt, null);
        }

        /** The same, once retention has removed it. */
        public KeptFile gone(Instant at) {
            return new KeptFile(role, name, digest, bytes, cutAt, at);
        }

        /** That it was removed, in a sentence for people, with the day in UTC; for one that was. */
        public String removal() {
            Instant at = java.util.Objects.requireNonNull(removedAt);
            return "its " + role + " was removed by retention on "
                    + at.atOffset(java.time.ZoneOffset.UTC).toLocalDate() + "; its results stay";
        }
    }
}
