package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.HostUsage;
import muster.orchestrator.matrix.Cell;
import muster.reports.GuestUse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestMeterTest {

    private static final Cell.Shape SHAPE = new Cell.Shape(512L << 20, 1);

    @TempDir
    Path folder;

    private @Nullable Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private Guest guest(String script) throws IOException {
        process = new ProcessBuilder("sh", "-c", script).start();
        return new OneProcess(HostProcess.of(process.pid()).orElseThrow());
    }

    @Test
    void memoryAndProcessorsOfAllDescendantsAreMeasured() throws Exception {
        // 64 MB in a child of a child, and a child that is busy.
        Guest guest =
                guest("(dd if=/dev/zero bs=64M count=2 2>/dev/null | sleep 60) &" + " while :; do :; done & wait");
        await().until(() -> HostUsage.of(guest.process().orElseThrow())
                .filter(usage -> usage.memoryBytes() > 60L << 20)
                .isPresent());
        try (GuestMeter meter = new GuestMeter(guest, folder, Clock.systemUTC())) {
            await().until(() ->
                    meter.use(SHAPE).filter(use -> use.cpu().toMillis() > 200).isPresent());
            GuestUse use = meter.use(SHAPE).orElseThrow();
            assertThat(use.peakBytes()).isBetween(60L << 20, 120L << 20);
            assertThat(use.busyCpus()).isBetween(0.05, 1.5);
            assertThat(use.memoryBytes()).isEqualTo(SHAPE.memoryBytes());
        }
    }

    @Test
    void theNextOrchestratorGoesOnWhereThisOneWas() throws Exception {
        Guest guest = guest("sleep 60");
        GuestUse first;
        try (GuestMeter meter = new GuestMeter(guest, folder, Clock.systemUTC())) {
            await().until(() -> meter.use(SHAPE).isPresent());
            first = meter.use(SHAPE).orElseThrow();
        }
        try (GuestMeter meter = new GuestMeter(guest, folder, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))) {
            await().until(() -> meter.use(SHAPE).orElseThrow().wall().toMinutes() >= 59);
            assertThat(meter.use(SHAPE).orElseThrow().peakBytes()).isGreaterThanOrEqualTo(first.peakBytes());
        }
    }

    @Test
    void ofAGuestThatHasEndedTheLastLookCounts() throws Exception {
        Guest guest = guest("sleep 60");
        try (GuestMeter meter = new GuestMeter(guest, folder, Clock.systemUTC())) {
            await().until(() -> meter.use(SHAPE).isPresent());
            guest.close();
            await().until(() -> !guest.isAlive());
            assertThat(meter.use(SHAPE)).isPresent();
        }
        GuestMeter.forget(folder);
        assertThat(folder).isEmptyDirectory();
        try (GuestMeter meter = new GuestMeter(guest, folder, Clock.systemUTC())) {
            assertThat(meter.use(SHAPE)).isEmpty();
        }
    }

    /** A guest of which only the process counts. */
    private record OneProcess(HostProcess first) implements Guest {

        @Override
        public Path sshSocket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path console() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void awaitReadyHint(Duration limit) {}

        @Override
        public Optional<HostProcess> process() {
            return Optional.of(first);
        }

        @Override
        public boolean isAlive() {
            return first.isAlive();
        }

        @Override
        public SortedMap<String, String> provenance() {
            return new TreeMap<>();
        }

        @Override
        public void close() {
            first.kill();
        }
    }
}
