package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostProcess;
import muster.reports.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleWatchTest {

    private final IOException cut = new IOException("nothing answered");

    @TempDir
    Path folder;

    private final AtomicInteger panics = new AtomicInteger();
    private volatile Instant now = Instant.parse("2030-01-01T03:00:00Z");
    private volatile boolean alive = true;
    private volatile String exhausted = "";
    private ConsoleWatch watch;

    @BeforeEach
    void begin() throws IOException {
        watch = watch();
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    void aGuestWhoseConsoleStandsStillIsSaidToBeSilentSinceThen() throws IOException {
        say("Booting");
        watch.end("a", cut);
        now = now.plus(Duration.ofMinutes(10));
        assertThat(lost())
                .endsWith("nothing answered; its console is silent since 2030-01-01T03:00:00Z, and its"
                        + " process still runs");
    }

    @Test
    void aGuestThatWritesIsAlive() throws IOException {
        now = now.plus(Duration.ofMinutes(10));
        say("still here");
        assertThat(lost()).endsWith("its kernel still writes to its console");
    }

    @Test
    void aGuestWhoseProcessIsGoneEndedByItself() throws IOException {
        say("Booting");
        alive = false;
        assertThat(lost()).contains("ended by itself: its process is gone");
    }

    @Test
    void aGuestThatHasUsedUpItsOwnIsNotLost() throws IOException {
        say("Booting");
        alive = false;
        exhausted = "ended when its memory was exhausted";
        CellEnd end = watch.end("a", cut);
        assertThat(end).isEqualTo(new CellEnd.Exhausted("the guest of a ended when its memory was exhausted"));
        assertThat(AttemptOutcome.of(end).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void thePanicGoesBeforeAllElse() throws IOException {
        say("[    1.2] Kernel panic - not syncing: hit");
        exhausted = "ended when its memory was exhausted";
        assertThat(watch.end("a", cut))
                .isEqualTo(new CellEnd.Panicked(
                        "Kernel panic - not syncing: hit", "[    1.2] Kernel panic - not syncing: hit"));
    }

    @Test
    void aPanicIsToldOnceAndToWhoeverComesLater() throws IOException {
        say("[    1.2] Kernel panic - not syncing: hit");
        await().atMost(Duration.ofSeconds(5)).until(() -> panics.get() == 1);
        watch.whenPanicked(panics::incrementAndGet);
        assertThat(panics).hasValue(2);
    }

    @Test
    void theNextWatchKnowsWhatTheLastOneFoundAndWhen() throws IOException {
        say("Oops: 0002 [#1]");
        watch.close();
        now = now.plus(Duration.ofHours(1));
        watch = watch();
        say("Oops: 0002 [#2]");
        watch.close();
        assertThat(ConsoleWatch.notes(folder, console(), List.of()))
                .containsExactly(
                        "console at 2030-01-01T03:00:00Z, while running: oops: Oops: 0002 [#1]",
                        "console at 2030-01-01T04:00:00Z, while running: oops: Oops: 0002 [#2]");
    }

    private String lost() {
        return ((CellEnd.Lost) watch.end("a", cut)).why();
    }

    private void say(String line) throws IOException {
        Files.writeString(console(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path console() {
        return folder.resolve("console");
    }

    private ConsoleWatch watch() throws IOException {
        return new ConsoleWatch(
                new Silent(),
                new ConsoleWatch.Instructions(List.of(), () -> "running", words -> {}),
                folder,
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                panics::incrementAndGet);
    }

    /** A guest that is nothing but its console. */
    private final class Silent implements Guest {

        @Override
        public Path sshSocket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HostProcess> process() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path console() {
            return ConsoleWatchTest.this.console();
        }

        @Override
        public void awaitReadyHint(Duration limit) {}

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public String exhausted() {
            return exhausted;
        }

        @Override
        public SortedMap<String, String> provenance() {
            return new TreeMap<>();
        }

        @Override
        public void close() {}
    }
}
