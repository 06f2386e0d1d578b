package muster.reports.store;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.FurtherInformation.Resolution;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an archive of a run, a tar file compressed by zstd, in this order:
 *
 * <pre>
 * manifest.json                 {@link Manifest}
 * run.json                      {@link Run}
 * attempts/N.json               {@link Attempt}, N from 1, sorted by cell and token; behind each its cases:
 * attempts/N/cases-P.jsonl      {@link Result}, one a line, in the journal's order, P from 1
 * files/DIGEST                  a kept file's content, once for each SHA-256
 * SHA256SUMS                    the digest of each entry before it, as sha256sum writes and checks it
 * </pre>
 *
 * <p>All but the manifest is the same whichever store the archive was written from. Instants are epoch milliseconds.
 */
final class ArchiveFormat {

    /** An archive of a higher number is refused. One of format 1 says nothing of pins and decisions. */
    static final int VERSION = 2;

    static final String MANIFEST = "manifest.json";
    static final String RUN = "run.json";
    static final String SUMS = "SHA256SUMS";

    private ArchiveFormat() {}

    /**
     * The beginning.
     *
     * @param format the version of this format
     * @param program what wrote it
     * @param run the run's number there
     */
    record Manifest(int format, String program, long run) {
        Manifest {
            Objects.requireNonNull(program);
        }
    }

    /**
     * The run.
     *
     * @param pinned true, or null
     * @param decisions what people decided of further information that its cases gave; absent in format 1
     */
    record Run(
            String matrix,
            String matrixDigest,
            long queuedAt,
            long endedAt,
            SortedMap<String, String> settings,
            List<Cell> cells,
            List<Waiver> waivers,
            @Nullable Boolean pinned,
            List<Decision> decisions) {
        Run {
            Objects.requireNonNull(matrix);
            Objects.requireNonNull(matrixDigest);
            settings = sorted(settings);
            cells = List.copyOf(cells);
            waivers = List.copyOf(waivers);
            decisions = List.copyOf(Objects.requireNonNullElse(decisions, List.of()));
        }
    }

    /**
     * A cell of the run.
     *
     * @param key e.g. {@code debian-12:posix:full@uml}
     * @param inLane whether it counts in its lane
     * @param attempts how many attempts it has; the newest has this token
     * @param history the token of the attempt that makes its history, or null
     * @param pinned true, or null
     */
    record Cell(
            String key,
            boolean inLane,
            long attempts,
            @Nullable Long history,
            @Nullable Boolean pinned) {
        Cell {
            Objects.requireNonNull(key);
        }

        CellKey cell() {
            return CellKey.parse(key);
        }
    }

    /** What a person decided of a case of a cell that was FIP: PASS or FAIL. */
    record Decision(String cell, String name, Verdict decision, String reason, String author, long at) {
        Decision {
            Stream.of(cell, name, reason, author).forEach(Objects::requireNonNull);
            Objects.requireNonNull(decision);
        }

        Resolution resolution() {
            return new Resolution(decision, reason, author, Instant.ofEpochMilli(at));
        }
    }

    record Waiver(
            String cases,
            String suite,
            @Nullable String from,
            @Nullable String to,
            List<String> distributions,
            String kind,
            String reason,
            String reference,
            String owner,
            String since,
            @Nullable String expires,
            String author,
            long recordedAt,
            @Nullable String file,
            @Nullable Withdrawal withdrawn) {
        Waiver {
            distributions = List.copyOf(distributions);
            Stream.of(cases, suite, kind, reason, reference, owner, since, author)
                    .forEach(Objects::requireNonNull);
        }
    }

    record Withdrawal(String author, long at, String reason) {
        Withdrawal {
            Objects.requireNonNull(author);
            Objects.requireNonNull(reason);
        }
    }

    /**
     * An attempt that has ended.
     *
     * @param baseline the run that it was compared with, or null
     * @param cases how many results it has
     */
    record Attempt(
            String cell,
            long token,
            String kind,
            String step,
            @Nullable String onlyCase,
            long startedAt,
            long endedAt,
            String outcome,
            String why,
            @Nullable Integer exitStatus,
            boolean complete,
            long planned,
            int cases,
            String counts,
            @Nullable Baseline baseline,
            int broken,
            int mended,
            SortedMap<String, Long> steps,
            List<Guest> guests,
            List<String> notes,
            List<Kept> files,
            SortedMap<String, String> provenance,
            SortedMap<String, String> packages,
            SortedMap<String, Confirmed> confirmations) {
        Attempt {
            Objects.requireNonNull(cell);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(step);
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(why);
            Objects.requireNonNull(counts);
            steps = sorted(steps);
            guests = List.copyOf(guests);
            notes = List.copyOf(notes);
            files = List.copyOf(files);
            provenance = sorted(provenance);
            packages = sorted(packages);
            confirmations = sorted(confirmations);
        }
    }

    /** Which run a baseline is of: what {@link Run} says of it. */
    record Baseline(String matrix, String matrixDigest, long queuedAt) {
        Baseline {
            Objects.requireNonNull(matrix);
            Objects.requireNonNull(matrixDigest);
        }
    }

    record Guest(String role, String driver, String host, String image, long startedAt) {
        Guest {
            Objects.requireNonNull(role);
            Objects.requireNonNull(driver);
            Objects.requireNonNull(host);
            Objects.requireNonNull(image);
        }
    }

    record Kept(
            String role,
            String name,
            String digest,
            long bytes,
            long cutAt,
            @Nullable Long removedAt) {
        Kept {
            Objects.requireNonNull(role);
            Objects.requireNonNull(name);
            Objects.requireNonNull(digest);
        }
    }

    /** Said of a case by its name, or by the empty name of all others. */
    record Confirmed(String standing, int failed, int times, String why) {
        Confirmed {
            Objects.requireNonNull(standing);
            Objects.requireNonNull(why);
        }
    }

    /** @param nanos how long it took, or null */
    record Result(
            String name,
            Verdict verdict,
            String word,
            @Nullable Integer code,
            String message,
            @Nullable Long nanos,
            long line) {
        Result {
            Objects.requireNonNull(name);
            Objects.requireNonNull(verdict);
            Objects.requireNonNull(word);
            Objects.requireNonNull(message);
        }
    }

    private static <V> SortedMap<String, V> sorted(SortedMap<String, V> map) {
        map.values().forEach(Objects::requireNonNull);
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    static String attempt(int number) {
        return "attempts/" + number + ".json";
    }

    static String cases(int attempt, int part) {
        return "attempts/" + attempt + "/cases-" + part + ".jsonl";
    }

    static String file(String digest) {
        return "files/" + digest;
    }
}
