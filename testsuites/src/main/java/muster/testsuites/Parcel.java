package muster.testsuites;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files that are brought into a guest at once, in a tar archive; everyone there may execute them. */
final class Parcel implements AutoCloseable {

    /** The archive's last file: where it is, all of it is. */
    private static final String WHOLE = "whole";

    private final TarArchiveOutputStream tar;

    /** Packs into a file; nothing is whole before {@link #end}. */
    Parcel(Path archive) throws IOException {
        tar = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    void put(byte[] content, String name) throws IOException {
        begin(name, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Puts in all files below a folder, their names with {@code prefix} before them. */
    void put(Path folder, String prefix) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            begin(prefix + folder.relativize(file), Files.size(file));
            Files.copy(file, tar);
            tar.closeArchiveEntry();
        }
    }

    private void begin(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
    }

    /** Ends what {@link #unpacked} makes a folder of. */
    void end(String folder) throws IOException {
        put(new byte[0], fresh(folder) + WHOLE);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** How names have to begin of what is to be in a guest's folder; that is absolute. */
    static String fresh(String folder) {
        return folder.substring(1) + ".new/";
    }

    /**
     * The line for a guest's shell that makes a folder of what was put into the archive below {@link #fresh}, whole or not at
     * all, unless it is there, sees to the suite, and goes on with {@code command}.
     */
    static String unpacked(String folder, SuitePlace suite, String command) {
        return """
                a=%s; s=%s
                if [ -d "$a" ]; then
                  cat >/dev/null
                else
                  [ ! -e "$a.new" ] || rm -rf "$a.new"
                  umask 022
                  tar -xf - -C / && [ -e "$a.new/%s" ] || exit 1
                  %s
                  mv "$a.new" "$a" || exit 1
                fi
                exec %s""".formatted(Words.quoted(folder), Words.quoted(suite.path()), WHOLE, suite.settled(), command);
    }
}
