package muster.orchestrator.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.Noise;
import muster.orchestrator.guest.Seed;
import muster.testsuites.GuestShell.Answer;
import muster.testsuites.GuestShell.ConnectionCut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshShellTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String HANG_UP = "hang up";
    private static final int MANY_BYTES = 100_000_000;

    @TempDir
    private Path folder;

    private final AtomicInteger hungUp = new AtomicInteger();
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private FarmKey key;
    private Seed seed;
    private InProcessGuest guest;
    private SshShell shell;

    @BeforeEach
    void open() throws Exception {
        key = FarmKey.open(folder.resolve("keys"));
        seed = key.newSeed("guest", "00");
        guest = new InProcessGuest(folder, seed, Map.of(HANG_UP, this::hangUp));
        guest.sayReady();
        shell = connect(LIMIT);
    }

    @AfterEach
    void close() {
        shell.close();
        guest.close();
        threads.shutdownNow();
    }

    private SshShell connect(Duration limit) throws IOException, InterruptedException {
        return SshShell.connect(guest, seed, key, clock.instant().plus(limit), clock);
    }

    @Test
    void outputErrorAndStatusComeApart() throws Exception {
        assertThat(shell.run("echo out; echo err >&2; exit 7", LIMIT)).isEqualTo(new Answer(7, "out\n", "err\n"));
    }

    private void hangUp() {
        hungUp.incrementAndGet();
        guest.hangUp();
    }

    @Test
    void aCommandThatCutsTheConnectionAtOnceIsNotBegunAgain() {
        for (int i = 1; i <= 20; i++) {
            assertThatThrownBy(() -> shell.run(HANG_UP, LIMIT)).isInstanceOf(ConnectionCut.class);
            assertThat(hungUp).hasValue(i);
        }
    }

    @Test
    void anInterruptIsHeardWhileTheGuestDoesNotAnswer() throws Exception {
        guest.freeze();
        CountDownLatch heard = new CountDownLatch(1);
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                shell.run("true", LIMIT);
            } catch (InterruptedException interrupted) {
                heard.countDown();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        await().until(() ->
                asking.getState() == Thread.State.WAITING || asking.getState() == Thread.State.TIMED_WAITING);
        asking.interrupt();
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aShellThatIsClosedEndsACallThatTheGuestHasNotYetTaken() throws Exception {
        guest.freeze();
        Future<Integer> call = threads.submit(() -> shell.stream("true", OutputStream.nullOutputStream()));
        assertThatThrownBy(() -> call.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        shell.close();
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("cannot use a shell that was closed");
    }

    @Test
    void everyExitStatusIsRight() throws Exception {
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            told.add(shell.run("echo x; exit " + i, LIMIT).status());
        }
        assertThat(told).isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void moreCallsAtOnceThanTheServerTakesAllEndWell() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String command = "sleep 0.2; echo " + i;
            answers.add(threads.submit(() -> shell.run(command, LIMIT)));
        }
        for (int i = 0; i < 25; i++) {
            assertThat(answers.get(i).get().output()).isEqualTo(i + "\n");
        }
        assertThat(guest.connections()).isEqualTo(1);
    }

    @Test
    void manyBytesDownStayIntact() throws Exception {
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        String command = "head -c " + MANY_BYTES + " /dev/zero | tr '\\0' x";
        assertThat(shell.stream(command, new DigestOutputStream(OutputStream.nullOutputStream(), received)))
                .isZero();
        String expected = shell.run(command + " | sha256sum", LIMIT).output();
        assertThat(expected).startsWith(HexFormat.of().formatHex(received.digest()));
    }

    @Test
    void manyBytesUpStayIntact() throws Exception {
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        Answer answer = shell.feed("sha256sum", new DigestInputStream(new Noise(MANY_BYTES), sent), LIMIT);
        assertThat(answer.output()).startsWith(HexFormat.of().formatHex(sent.digest()));
    }

    @Test
    void aCommandWithoutInputSeesItsEnd() throws Exception {
        assertThat(shell.run("cat; echo done", LIMIT).output()).isEqualTo("done\n");
    }

    @Test
    void inputThatCannotBeReadIsTheCallersFailure() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk is gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> shell.feed("cat", broken, LIMIT))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectionCut.class)
                .hasMessageContaining("disk is gone");
    }

    @Test
    void inputThatIsNotWantedIsNotAnError() throws Exception {
        assertThat(shell.feed("exit 4", new Noise(10_000_000), LIMIT).status()).isEqualTo(4);
    }

    @Test
    void outputIsCutAtItsCeilingAndErrorToo() throws Exception {
        Answer answer = shell.run("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2", LIMIT);
        assertThat(answer.status()).isZero();
        assertThat(answer.output()).hasSize(1 << 20);
        assertThat(answer.error()).hasSize(1 << 20);
    }

    @Test
    void outputAndErrorAreStreamedApartAndWhole() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        String command = "for i in $(seq 300); do echo \"out $i\"; echo \"wrong $i\" >&2; done;"
                + " head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2; exit 5";
        assertThat(shell.stream(command, output, error)).isEqualTo(5);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .startsWith("out 1\nout 2\n")
                .contains("out 300\n");
        assertThat(error.toString(StandardCharsets.UTF_8))
                .startsWith("wrong 1\nwrong 2\n")
                .contains("wrong 300\n");
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("wrong");
        assertThat(output.size()).isEqualTo(3_000_000 + lines("out "));
        assertThat(error.size()).isEqualTo(2_000_000 + lines("wrong "));
    }

    private static int lines(String word) {
        return IntStream.rangeClosed(1, 300)
                .map(i -> (word + i + "\n").length())
                .sum();
    }

    @Test
    void aFloodOfErrorsHangsNothing() throws Exception {
        Future<Integer> flood =
                threads.submit(() -> shell.stream("head -c 20000000 /dev/zero >&2", OutputStream.nullOutputStream()));
        assertThat(shell.run("echo well", LIMIT).output()).isEqualTo("well\n");
        assertThat(flood.get()).isZero();
    }

    @Test
    void aCutDuringAStreamIsToldAndTheNextCallWorks() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int value) {
                began.countDown();
            }
        };
        Future<Integer> stream = threads.submit(() -> shell.stream("echo begun; sleep 30; echo never", sink));
        began.await();
        shell.cut();
        assertThatThrownBy(stream::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(ConnectionCut.class);
        assertThat(shell.run("echo again", LIMIT).output()).isEqualTo("again\n");
        assertThat(guest.connections()).isEqualTo(2);
    }

    @Test
    void aSinkThatFailsIsTheCallersFailureAndTheShellGoesOn() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("no space");
            }
        };
        assertThatThrownBy(() -> shell.stream("head -c 10000000 /dev/zero", full))
                .isInstanceOf(IOException.class)
                .hasMessage("no space");
        assertThat(shell.run("echo well", LIMIT).output()).isEqualTo("well\n");
    }

    @Test
    void aCommandPastItsLimitIsTold() throws Exception {
        assertThatThrownBy(() -> shell.run("sleep 30", Duration.ofMillis(300)))
                .isInstanceOf(ConnectionCut.class)
                .hasMessageContaining("sleep 30")
                .hasMessageContaining("PT0.3S");
        assertThat(shell.run("echo well", LIMIT).output()).isEqualTo("well\n");
    }

    @Test
    void aCommandKilledByASignalHasTheShellsStatusForIt() throws Exception {
        assertThat(shell.run("kill -9 $$", LIMIT).status()).isEqualTo(137);
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        Future<Answer> call = threads.submit(() -> shell.run("sleep 30", LIMIT));
        assertThat(shell.run("true", LIMIT).ok()).isTrue();
        assertThat(call.cancel(true)).isTrue();
        assertThat(shell.run("echo well", LIMIT).output()).isEqualTo("well\n");
    }

    @Test
    void anotherHostKeyIsRefusedAtOnce() {
        Seed other = key.newSeed("guest", "00");
        assertThatThrownBy(() ->
                        SshShell.connect(guest, other, key, clock.instant().plus(LIMIT), clock))
                .isInstanceOf(HostKeyMismatch.class)
                .hasMessageStartingWith("cannot trust what answers");
        assertThat(guest.connections()).isEqualTo(2);
    }

    @Test
    void aFarmWithoutTheKeyIsToldAtOnce() throws Exception {
        FarmKey stranger = FarmKey.open(folder.resolve("other"));
        assertThatThrownBy(() ->
                        SshShell.connect(guest, seed, stranger, clock.instant().plus(LIMIT), clock))
                .isInstanceOf(KeyRefused.class)
                .hasMessageStartingWith("cannot enter the guest")
                .hasMessageContaining("Auth fail");
        assertThat(guest.connections()).isEqualTo(2);
    }

    @Test
    void aGuestThatStopsAnsweringIsNoticedInBoundedTime() throws Exception {
        Keepalive quick = new Keepalive(Duration.ofMillis(200), 3);
        try (SshShell watched =
                SshShell.connect(guest, seed, key, clock.instant().plus(LIMIT), clock, quick)) {
            Future<Integer> stream = threads.submit(() -> watched.stream("sleep 30", OutputStream.nullOutputStream()));
            assertThat(watched.run("true", LIMIT).ok()).isTrue();
            Deadline begun = Deadline.in(LIMIT);
            guest.freeze();
            assertThatThrownBy(stream::get).hasCauseInstanceOf(ConnectionCut.class);
            assertThat(begun.left()).isLessThan(LIMIT.minus(quick.limit().minus(quick.period())));
            assertThat(begun.left()).isGreaterThan(LIMIT.minusSeconds(15));
        }
    }

    @Test
    void aGuestThatIsOnlyQuietIsLeftAlone() throws Exception {
        Keepalive quick = new Keepalive(Duration.ofMillis(200), 3);
        try (SshShell watched =
                SshShell.connect(guest, seed, key, clock.instant().plus(LIMIT), clock, quick)) {
            assertThat(watched.run("sleep 2; echo well", LIMIT).output()).isEqualTo("well\n");
            assertThat(guest.connections()).isEqualTo(2);
        }
    }

    @Test
    void theGuestsEndEndsTheWaitForItAtOnce() throws Exception {
        Path silentFolder = java.nio.file.Files.createDirectory(folder.resolve("s"));
        InProcessGuest silent = new InProcessGuest(silentFolder, seed);
        Future<SshShell> waiting = threads.submit(
                () -> SshShell.connect(silent, seed, key, clock.instant().plus(LIMIT), clock));
        assertThat(waiting.isDone()).isFalse();
        Deadline begun = Deadline.in(LIMIT);
        silent.close();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(ConnectionCut.class);
        assertThat(begun.left()).isGreaterThan(LIMIT.minusSeconds(10));
    }

    @Test
    void aClosedShellIsNotUsedAgain() {
        shell.close();
        assertThatThrownBy(() -> shell.run("true", LIMIT)).hasMessageContaining("closed");
    }
}
