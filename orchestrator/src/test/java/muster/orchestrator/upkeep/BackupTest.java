package muster.orchestrator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import muster.orchestrator.cli.StoredNights;
import muster.orchestrator.home.Home;
import muster.orchestrator.web.BackupAnswer;
import muster.reports.CellKey;
import muster.reports.ResultStore;
import muster.reports.store.JdbiResultStore;
import muster.reports.view.CellView;
import muster.reports.view.RunView;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home, and the one that is made of its backup. */
class BackupTest {

    private static final String CELL = "debian-12:commands:default@uml";
    private static final Instant FIRST = Instant.parse("2029-01-01T01:30:00Z");

    @TempDir
    Path folder;

    private Home home;
    private Home other;

    @BeforeEach
    void open() throws IOException {
        home = Home.open(folder.resolve("home"));
        other = Home.open(folder.resolve("other"));
    }

    @Test
    void whatHadEndedIsThereWholeThoughRunsWentOnMeanwhile() throws Exception {
        Files.writeString(home.folder().resolve("farm.yaml"), "zone: Asia/Tokyo\n");
        Files.createDirectories(home.keys());
        Files.writeString(home.keys().resolve("farm_ed25519"), "secret");
        Path file = folder.resolve("b.tar.zst");
        BackupAnswer answer;
        long before;
        try (StoredNights nights = new StoredNights(home.folder())) {
            for (int night = 0; night < 5; night++) {
                store(nights, night);
            }
            before = 5;
            CountDownLatch begun = new CountDownLatch(3);
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread work = Thread.ofPlatform().start(() -> {
                try {
                    for (int night = 5; night < 60; night++) {
                        store(nights, night);
                        begun.countDown();
                    }
                } catch (IOException | RuntimeException e) {
                    failed.set(e);
                }
            });
            begun.await();
            answer = new Backup(home, nights.store(), () -> {}, Clock.systemUTC()).write(file);
            assertThat(work.isAlive()).as("it was made while runs went on").isTrue();
            work.join();
            assertThat(failed.get()).isNull();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(answer.bytes()).isEqualTo(Files.size(file));
        assertThat(Restore.into(other, file).files()).isEqualTo(answer.files());
        assertThat(other.folder().resolve("farm.yaml")).hasContent("zone: Asia/Tokyo");
        assertThat(other.keys().resolve("farm_ed25519")).hasContent("secret");
        try (ResultStore store = JdbiResultStore.open(other.store(), Clock.systemUTC())) {
            List<Long> ended = store.history().runs(100).stream()
                    .filter(run -> run.endedAt() != null)
                    .map(run -> run.number())
                    .toList();
            assertThat(ended).hasSizeGreaterThan((int) before + 2).contains(1L, 2L, 3L, 4L, 5L, 6L);
            for (long run : ended) {
                isWhole(store, run);
            }
            assertThat(other.store().resolve("database.zip")).doesNotExist();
        }
    }

    @Test
    void whatARunNeedsUntilItEndsIsThereThoughItEndsMeanwhile() throws Exception {
        Path matrix = Files.createDirectories(home.run(7)).resolve("matrix.yaml");
        Files.writeString(matrix, "matrix: nightly");
        Path file = folder.resolve("b.tar.zst");
        try (ResultStore store = JdbiResultStore.open(home.store(), Clock.systemUTC())) {
            ResultStore ending = (ResultStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ResultStore.class}, (_, method, arguments) -> {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("copyDatabase")) {
                            Files.delete(matrix);
                        }
                        return answer;
                    });
            new Backup(home, ending, () -> {}, Clock.systemUTC()).write(file);
        }
        assertThat(matrix).doesNotExist();
        Restore.into(other, file);
        assertThat(other.run(7).resolve("matrix.yaml")).hasContent("matrix: nightly");
    }

    @Test
    void aRunThatIsJustBeingQueuedHasItsFolder() throws Exception {
        Path file = folder.resolve("b.tar.zst");
        try (ResultStore store = JdbiResultStore.open(home.store(), Clock.systemUTC())) {
            Runnable queueing = () -> {
                try {
                    Files.writeString(Files.createDirectories(home.run(8)).resolve("matrix.yaml"), "matrix: late");
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            };
            new Backup(home, store, queueing, Clock.systemUTC()).write(file);
        }
        Restore.into(other, file);
        assertThat(other.run(8).resolve("matrix.yaml")).hasContent("matrix: late");
    }

    @Test
    void whatIsToBeToldIsThereAndWhatWasToldIsNotToBeToldAgain() throws Exception {
        Path waiting = Files.createDirectories(home.notices().resolve("team/waiting"));
        Path told = Files.createDirectories(home.notices().resolve("team/told"));
        Files.writeString(waiting.resolve("1-late.json"), "waits");
        Files.writeString(told.resolve("2-late.json"), "told");
        // as one is seen that is told just then
        Files.writeString(waiting.resolve("3-late.json"), "told meanwhile");
        Files.writeString(told.resolve("3-late.json"), "told meanwhile");
        Restore.into(other, backup());
        Path there = other.notices().resolve("team");
        assertThat(there.resolve("waiting")).isDirectoryNotContaining("glob:**/3-late.json");
        assertThat(there.resolve("waiting/1-late.json")).hasContent("waits");
        assertThat(there.resolve("told")).isDirectoryContaining("glob:**/2-late.json");
        assertThat(there.resolve("told")).isDirectoryContaining("glob:**/3-late.json");
    }

    private void store(StoredNights nights, int night) throws IOException {
        nights.night(
                FIRST.plus(Duration.ofDays(night)),
                new StoredNights.Came(
                        CELL,
                        Map.of(),
                        Map.of(),
                        List.of(StoredNights.pass("a"), StoredNights.fail("b", "no " + night))));
    }

    private static void isWhole(ResultStore store, long run) throws IOException {
        RunView view = store.history().run(run).orElseThrow();
        assertThat(view.run().counts().total()).isEqualTo(2);
        CellView cell = store.history().cell(run, CellKey.parse(CELL)).orElseThrow();
        try (InputStream journal = store.history().open(cell.files().getFirst())) {
            assertThat(new String(journal.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("in run " + run + "\n");
        }
    }

    @Test
    void aHomeThatHoldsSomethingIsLeftAsItIs() throws Exception {
        Path file = backup();
        Files.createDirectory(other.folder().resolve("store"));
        assertThatThrownBy(() -> Restore.into(other, file))
                .hasMessageContaining("cannot restore into " + other.folder() + ": it is not empty, there is store");
        assertThat(other.folder().resolve("store")).isEmptyDirectory();
    }

    @Test
    void nothingIsEverWrittenOver() throws Exception {
        Path file = backup();
        assertThatThrownBy(this::backup).hasMessageContaining("it is there already");
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void whatIsCutShortOrNoBackupIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "not packed");
        assertThatThrownBy(() -> Restore.into(other, text)).hasMessageContaining("was not written by 'muster backup'");
        byte[] whole = Files.readAllBytes(backup());
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Restore.into(other, cut)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsWrittenOutsideTheHome() throws Exception {
        Path hostile = folder.resolve("hostile");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new ZstdOutputStream(Files.newOutputStream(hostile)))) {
            add(tar, new TarArchiveEntry("backup.json"), "{\"format\":1,\"at\":\"x\",\"database\":false}");
            add(tar, new TarArchiveEntry("../escaped"), "x");
        }
        assertThatThrownBy(() -> Restore.into(other, hostile)).hasMessageContaining("'../escaped' is no plain file");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, String text) throws IOException {
        entry.setSize(text.length());
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
    }

    private Path backup() throws IOException {
        Path file = folder.resolve("b.tar.zst");
        try (ResultStore store = JdbiResultStore.open(home.store(), Clock.systemUTC())) {
            new Backup(home, store, () -> {}, Clock.systemUTC()).write(file);
        }
        return file;
    }
}
