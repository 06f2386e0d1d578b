package muster.reports.store;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import muster.reports.Ending.KeptFile;
import muster.testsuites.CaseResult;
import org.jdbi.v3.core.Handle;

/** Writes a run as an archive of {@link ArchiveFormat}. */
final class ArchiveWriter {

    private static final int PART = 8 << 20;

    private final Handle handle;
    private final TarWriter tar;

    private ArchiveWriter(Handle handle, TarWriter tar) {
        this.handle = handle;
        this.tar = tar;
    }

    static void write(Handle handle, KeptFiles files, ArchiveFormat.Manifest manifest, Path file) throws IOException {
        ArchiveQuery query = new ArchiveQuery(handle, manifest.run());
        ArchiveFormat.Run run = query.run();
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IOException("cannot write " + file + ": it is a folder; name a file");
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".muster", ".part");
        try {
            try (OutputStream out = new ZstdOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))
                    .setChecksum(true)) {
                TarWriter tar = new TarWriter(out, Math.floorDiv(run.queuedAt(), 1_000L));
                tar.file(ArchiveFormat.MANIFEST, ArchiveJson.write(manifest));
                tar.file(ArchiveFormat.RUN, ArchiveJson.write(run));
                ArchiveWriter writer = new ArchiveWriter(handle, tar);
                Map<String, KeptFile> kept = writer.attempts(query);
                for (KeptFile each : kept.values()) {
                    try (InputStream content = files.open(each)) {
                        tar.file(ArchiveFormat.file(each.digest()), each.bytes(), content);
                    }
                }
                tar.end(ArchiveFormat.SUMS);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The files that are to follow, by digest. */
    private Map<String, KeptFile> attempts(ArchiveQuery query) throws IOException {
        Map<String, KeptFile> kept = new LinkedHashMap<>();
        List<ArchiveQuery.Ended> attempts = query.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            ArchiveQuery.Ended attempt = attempts.get(i);
            tar.file(ArchiveFormat.attempt(i + 1), ArchiveJson.write(query.attempt(attempt)));
            Cases cases = new Cases(i + 1);
            try {
                Blocks.replay(handle, attempt.suite(), attempt.id(), cases);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            cases.flush();
            CellQuery.files(handle, attempt.id()).stream()
                    .filter(file -> file.removedAt() == null)
                    .forEach(file -> kept.putIfAbsent(file.digest(), file));
        }
        return kept;
    }

    /** The results of an attempt, in parts. */
    private final class Cases implements Consumer<CaseResult> {
        private final int attempt;
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        private int parts;

        Cases(int attempt) {
            this.attempt = attempt;
        }

        @Override
        public void accept(CaseResult result) {
            Duration duration = result.duration();
            lines.writeBytes(ArchiveJson.line(new ArchiveFormat.Result(
                    result.name(),
                    result.verdict(),
                    result.nativeWord(),
                    result.nativeCode(),
                    result.message(),
                    duration == null ? null : duration.toNanos(),
                    result.line())));
            lines.write('\n');
            if (lines.size() >= PART) {
                try {
                    flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        void flush() throws IOException {
            if (lines.size() > 0) {
                tar.file(ArchiveFormat.cases(attempt, ++parts), lines.toByteArray());
                lines.reset();
            }
        }
    }
}
