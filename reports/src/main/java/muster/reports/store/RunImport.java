package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.CellKey;
import org.jspecify.annotations.Nullable;

/**
 * Takes a run out of an archive that is known to be whole. Until {@link #commit} only names and messages are interned, and
 * files lie beside the others without a name.
 */
final class RunImport implements ArchiveSink, AutoCloseable {

    private final Connections connections;
    private final KeptFiles files;
    private final Path archive;
    private final CaseNames names;
    private final Messages messages;
    private final CaseSets caseSets;
    private final FactLists factLists;
    private final Guests guests;

    private final Map<CellKey, Lane> lanes = new TreeMap<>();
    private final List<Ended> attempts = new ArrayList<>();
    private final List<KeptFiles.Staged> staged = new ArrayList<>();
    private ArchiveFormat.@Nullable Run run;

    /** Where a cell stands. */
    record Lane(long lane, long suite) {}

    /** An attempt, ready to be written. */
    record Ended(ArchiveFormat.Attempt attempt, CellKey cell, ArchivedBlock block) {}

    RunImport(Connections connections, KeptFiles files, Path archive) {
        this.connections = connections;
        this.files = files;
        this.archive = archive;
        names = new CaseNames(connections);
        messages = new Messages(connections);
        caseSets = new CaseSets(connections);
        factLists = new FactLists(connections);
        guests = new Guests(connections);
    }

    @Override
    public void run(ArchiveFormat.Run said) throws IOException {
        run = said;
        String known = connections.look(handle -> ImportWriter.known(handle, said));
        if (!known.isEmpty()) {
            throw new ArchiveRefused(known);
        }
        for (ArchiveFormat.Cell cell : said.cells()) {
            CellKey key = cell.cell();
            lanes.put(
                    key,
                    connections.intern(handle -> new Lane(
                            Lanes.id(handle, key),
                            Lanes.suite(handle, key.suite()).orElseThrow())));
        }
    }

    @Override
    public void attempt(ArchiveFormat.Attempt attempt) {
        CellKey cell = CellKey.parse(attempt.cell());
        attempts.add(
                new Ended(attempt, cell, new ArchivedBlock(Known.of(lanes, cell).suite(), names, messages)));
    }

    @Override
    public void results(List<ArchiveFormat.Result> results) throws IOException {
        attempts.getLast().block().add(results);
    }

    @Override
    public void file(String digest, InputStream content) throws IOException {
        staged.add(files.stage(content));
    }

    /** Keeps the files and writes all the rest in one transaction; returns the run's number. */
    long commit() throws IOException {
        ArchiveFormat.Run said = Objects.requireNonNull(run);
        String digest = digest();
        List<String> settled = new ArrayList<>();
        boolean done = false;
        try {
            for (KeptFiles.Staged file : staged) {
                if (file.settle()) {
                    settled.add(file.digest());
                }
            }
            long number = connections.write(handle ->
                    new ImportWriter(handle, caseSets, factLists, guests, lanes).write(said, digest, attempts));
            done = true;
            return number;
        } catch (UncheckedIOException refused) {
            throw new ArchiveRefused("cannot import " + archive + ": " + refused.getMessage(), refused);
        } finally {
            if (!done) {
                for (String each : settled) {
                    files.remove(each);
                }
            }
        }
    }

    private String digest() throws IOException {
        MessageDigest sha256 = Texts.sha256();
        try (InputStream in = java.nio.file.Files.newInputStream(archive)) {
            in.transferTo(new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), sha256));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public void close() throws IOException {
        for (KeptFiles.Staged file : staged) {
            file.close();
        }
    }
}
