package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import muster.reports.Ending.KeptFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptFilesTest {

    @TempDir
    Path folder;

    private KeptFiles kept;
    private Path journal;

    @BeforeEach
    void writeAJournal() throws IOException {
        kept = new KeptFiles(folder.resolve("files"));
        journal = Files.writeString(folder.resolve("journal"), "PASS: one\n".repeat(100_000));
    }

    @Test
    void aFileIsKeptCompressedUnderItsDigestAndComesBack() throws IOException {
        KeptFile file = kept.keep("journal", "journal.txt", journal, 0);
        assertThat(file.bytes()).isEqualTo(1_000_000);
        assertThat(file.digest()).hasSize(64);
        Path place =
                folder.resolve("files").resolve(file.digest().substring(0, 2)).resolve(file.digest() + ".zst");
        assertThat(Files.size(place)).isLessThan(10_000);
        try (InputStream in = kept.open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(journal));
        }
    }

    @Test
    void anEmptyFileHasTheDigestOfNothing() throws IOException {
        KeptFile file = kept.keep("log", "log", Files.createFile(folder.resolve("empty")), 0);
        assertThat(file.digest()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        try (InputStream in = kept.open(file)) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void theSameContentIsKeptOnceAndNothingElseIsLeft() throws IOException {
        KeptFile first = kept.keep("journal", "journal.txt", journal, 0);
        KeptFile second = kept.keep("artefact", "copies/journal.txt", journal, 1_000_000);
        assertThat(second)
                .isEqualTo(new KeptFile("artefact", "copies/journal.txt", first.digest(), 1_000_000, 1_000_000));
        assertThat(filesBelow(folder.resolve("files"))).containsExactly(first.digest() + ".zst");
    }

    @Test
    void aFileThatIsGoneIsSaidClearly() throws IOException {
        KeptFile file = kept.keep("journal", "journal.txt", journal, 0);
        Path place =
                folder.resolve("files").resolve(file.digest().substring(0, 2)).resolve(file.digest() + ".zst");
        Files.delete(place);
        assertThatThrownBy(() -> kept.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot open journal journal.txt: its content is not at " + place
                        + "; the database was moved without its folder of files, or the file was removed");
    }

    @Test
    void aDamagedFileIsNotTakenForTheContent() throws IOException {
        KeptFile file = kept.keep("journal", "journal.txt", journal, 0);
        Path place =
                folder.resolve("files").resolve(file.digest().substring(0, 2)).resolve(file.digest() + ".zst");
        byte[] bytes = Files.readAllBytes(place);
        bytes[bytes.length / 2] ^= 0x40;
        Files.write(place, bytes);
        assertThatThrownBy(() -> {
                    try (InputStream in = kept.open(file)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../../up", "a//b", "a/", "line\nbreak", "nul\0", "./a"})
    void aNameThatCouldLeaveItsFolderIsRefused(String name) {
        assertThatThrownBy(() -> kept.keep("artefact", name, journal, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot keep a file under the name '");
    }

    @Test
    void aNameMayHoldAnyLetter() throws IOException {
        assertThat(kept.keep("artefact", "größe/日本 1.txt", journal, 0).name()).isEqualTo("größe/日本 1.txt");
    }

    @Test
    void aDigestThatIsAPathOpensNothing() throws IOException {
        Files.writeString(folder.resolve("secret.zst"), "secret", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> kept.open(new KeptFile("log", "log", "../secret", 1, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a SHA-256");
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
