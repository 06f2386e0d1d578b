package muster.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import muster.reports.Archives.ArchiveRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may send instead of an archive. */
class HostileArchiveTest {

    private static final String TEXT = "journal\n";
    private static final String DIGEST =
            HexFormat.of().formatHex(Texts.sha256().digest(TEXT.getBytes(StandardCharsets.UTF_8)));

    @TempDir
    Path folder;

    private Path archive;

    private record Part(String name, String content) {
        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final List<Part> parts = new ArrayList<>();

    @BeforeEach
    void goodParts() throws IOException {
        archive = folder.resolve("run.tar.zst");
        parts.add(new Part("manifest.json", "{\"format\":1,\"program\":\"muster\",\"run\":7}"));
        parts.add(new Part("run.json", """
                {"matrix":"nightly","matrixDigest":"ab","queuedAt":0,"endedAt":1,"settings":{},"waivers":[],
                 "cells":[{"key":"d:s:v@uml","inLane":true,"attempts":1,"history":1}]}"""));
        parts.add(new Part("attempts/1.json", """
                {"cell":"d:s:v@uml","token":1,"kind":"main","step":"done","startedAt":0,"endedAt":1,"outcome":"failed",
                 "why":"","complete":true,"planned":-1,"cases":2,"counts":"PASS:1 FAIL:1","broken":0,"mended":0,
                 "steps":{"done":1},"guests":[],"notes":[],"provenance":{},"packages":{},"confirmations":{},
                 "files":[{"role":"journal","name":"journal","digest":"%s","bytes":8,"cutAt":0}]}""".formatted(DIGEST)));
        parts.add(new Part("attempts/1/cases-1.jsonl", """
                {"name":"a","verdict":"PASS","word":"ok","message":"","line":1}
                {"name":"b","verdict":"FAIL","word":"not ok","message":"m","line":2}
                """));
        parts.add(new Part("files/" + DIGEST, TEXT));
        write();
        ArchiveReader.read(archive, new ArchiveSink() {});
    }

    @Test
    void namesThatLeadElsewhereAreNoneOfAnArchive() throws IOException {
        for (String name : List.of(
                "../evil",
                "/etc/passwd",
                "files/../../evil",
                "files/" + DIGEST + "/../../x",
                "files",
                "x".repeat(99))) {
            replace("files/" + DIGEST, part -> new Part(name, part.content()));
            refused("");
            replace(name, part -> new Part("files/" + DIGEST, part.content()));
        }
        change("attempts/1.json", "\"name\":\"journal\"", "\"name\":\"../../journal\"");
        refused("cannot keep a file under the name '../../journal'");
    }

    @Test
    void aNewerFormatSaysWhoWroteIt() throws IOException {
        change("manifest.json", "\"format\":1", "\"format\":3,\"more\":[]");
        change("manifest.json", "\"muster\"", "\"muster 9\"");
        refused("its format is 3, and this program knows format 2; use the Muster that wrote it: muster 9");
    }

    @Test
    void aFileHasTheContentOfItsDigest() throws IOException {
        replace("files/" + DIGEST, part -> new Part(part.name(), "Journal\n"));
        refused("the content of files/" + DIGEST + " is not what its digest says");
    }

    @Test
    void filesAreThoseThatAnAttemptHasKept() throws IOException {
        parts.removeLast();
        write();
        refused("it has not the file " + DIGEST);
        parts.add(new Part("files/" + DIGEST, TEXT));
        parts.add(new Part("files/" + DIGEST, TEXT));
        write();
        refused("is none that an attempt has kept");
    }

    @Test
    void countsAreThoseOfTheResults() throws IOException {
        change("attempts/1.json", "PASS:1 FAIL:1", "PASS:2");
        refused("attempt 1 of d:s:v@uml says that it has 2 cases, 'PASS:2', and has 2, 'PASS:1 FAIL:1'");
    }

    @Test
    void attemptsAreThoseOfTheCells() throws IOException {
        change("run.json", "\"attempts\":1", "\"attempts\":2");
        refused("it has no attempt 2 of d:s:v@uml");
        change("run.json", "\"attempts\":2", "\"attempts\":0");
        refused("attempt 1 cannot make the history of d:s:v@uml");
        change("run.json", "d:s:v@uml", "../../d:s:v@uml");
        refused("cannot name a cell with '../../d'");
    }

    @Test
    void unknownWordsAndValuesAreRefused() throws IOException {
        change("attempts/1.json", "\"failed\"", "\"bribed\"");
        refused("it holds what no archive of a run holds");
        change("attempts/1.json", "\"bribed\"", "\"failed\",\"extra\":1");
        refused("extra");
        change("attempts/1.json", ",\"extra\":1", "");
        change("attempts/1/cases-1.jsonl", "\"a\"", "\"" + "a".repeat(900) + "\"");
        refused("a text of 900 characters");
        change("attempts/1/cases-1.jsonl", "a".repeat(900), "\\u0000");
        refused("plain ones");
        change("attempts/1/cases-1.jsonl", "{\"name\"", "null {\"name\"");
        refused("");
        change("attempts/1/cases-1.jsonl", "null ", "[".repeat(9_999));
        refused("");
    }

    @Test
    void linksAndSumsAreChecked() throws IOException {
        byte[] tar = tar();
        tar[156] = '2';
        tar[148 + 5]++;
        pack(tar);
        refused("");
        write();
        byte[] sums = tar();
        int at = new String(sums, StandardCharsets.ISO_8859_1).indexOf("  manifest.json");
        sums[at - 1] = (byte) (sums[at - 1] == '0' ? '1' : '0');
        pack(sums);
        refused("its content is not what its SHA256SUMS says");
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.writeBytes(tar());
        more.write(1);
        pack(more.toByteArray());
        refused("something stands behind its end");
    }

    @Test
    void whatUnpacksToFarMoreThanResultsDoIsRefused() throws IOException {
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(archive))) {
            TarWriter tar = new TarWriter(out, 0);
            tar.file("manifest.json", parts.getFirst().bytes());
            tar.file("run.json", 90_000_000, zeros(90_000_000));
        }
        refused("run.json has 90000000 bytes, more than the 67108864 that it may have");
        change("attempts/1.json", "\"bytes\":8", "\"bytes\":99000000");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(archive))) {
            TarWriter tar = new TarWriter(out, 0);
            for (Part part : parts.subList(0, 4)) {
                tar.file(part.name(), part.bytes());
            }
            tar.file("files/" + DIGEST, 99_000_000, zeros(99_000_000));
        }
        assertThatThrownBy(() -> ArchiveReader.read(archive, new ArchiveSink() {}, 1_000_000))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("it unpacks to far more than its size can be the archive of");
    }

    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int given = (int) Math.min(left, length);
                java.util.Arrays.fill(to, offset, offset + given, (byte) 0);
                left -= given;
                return given;
            }
        };
    }

    private void refused(String why) {
        assertThatThrownBy(() -> ArchiveReader.read(archive, new ArchiveSink() {}))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageStartingWith("cannot import " + archive + ": ")
                .hasMessageContaining(why);
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private void change(String name, String from, String to) throws IOException {
        replace(name, part -> {
            assertThat(part.content()).contains(from);
            return new Part(name, part.content().replace(from, to));
        });
    }

    private void replace(String name, UnaryOperator<Part> change) throws IOException {
        parts.replaceAll(part -> part.name().equals(name) ? change.apply(part) : part);
        write();
    }

    private byte[] tar() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out, 0);
        for (Part part : parts) {
            tar.file(part.name(), part.bytes());
        }
        tar.end("SHA256SUMS");
        return out.toByteArray();
    }

    private void write() throws IOException {
        pack(tar());
    }

    private void pack(byte[] tar) throws IOException {
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(archive))) {
            out.write(tar);
        }
    }
}
