package muster.reports.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import muster.reports.Archives;

/** Archives of the runs of a database. */
final class JdbiArchives implements Archives {

    private final Connections connections;
    private final KeptFiles files;

    JdbiArchives(Connections connections, KeptFiles files) {
        this.connections = connections;
        this.files = files;
    }

    @Override
    public void write(long run, Path file, String program) throws IOException {
        try {
            connections.look(handle -> {
                try {
                    ArchiveWriter.write(
                            handle, files, new ArchiveFormat.Manifest(ArchiveFormat.VERSION, program, run), file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public long read(Path file) throws IOException {
        ArchiveReader.read(file, new ArchiveSink() {}); // nothing is begun for what is not whole
        try (RunImport into = new RunImport(connections, files, file)) {
            ArchiveReader.read(file, into);
            return into.commit();
        }
    }
}
