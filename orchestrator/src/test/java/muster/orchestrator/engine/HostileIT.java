package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.GuestDrivers;
import muster.orchestrator.guest.TestImages;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A suite takes all that it can get; the guest beside it finishes its own, and the host keeps what it has. */
class HostileIT {

    private static final long KB = 1024;

    /** Before anything that fills the disk: journals, logs and artefacts lie there too. */
    private static final String TAKES_ALL = """
            #!/bin/bash
            echo 'PASS: begun' >>"$MUSTER_JOURNAL"
            mkfifo never && exec 9<>never
            seq 1 20000 | (cd "$MUSTER_ARTEFACTS" && xargs touch)
            head -c 3000000 /dev/zero >"$MUSTER_ARTEFACTS/0-big"
            yes 'without end' | head -c 3000000 >/dev/console
            yes 'without end' | head -c 3000000
            yes 'PASS: without end' | head -c 3000000 >>"$MUSTER_JOURNAL"
            for group in $(find /sys/fs/cgroup -name pids.max); do echo max >"$group"; done 2>/dev/null
            echo 100000 >/proc/sys/kernel/threads-max
            bash -c 'for i in $(seq 3000); do sleep 20 & done' 2>/dev/null
            read -t 20 -u 9
            perl -e 'push @all, "x" x 10_000_000 while 1'
            head -c 2000000000 /dev/zero >/root/fill
            sync
            echo 'not reached by a write'
            """;

    private static final String NEIGHBOUR = """
            #!/bin/sh
            for part in 1 2 3 4 5 6; do
              head -c 20000000 /dev/zero >"part$part" && sleep 2 && rm "part$part"
              echo "PASS: part $part of 6" >>"$MUSTER_JOURNAL"
            done
            echo 'END: 6' >>"$MUSTER_JOURNAL"
            """;

    @TempDir
    Path folder;

    @Test
    @EnabledIfSystemProperty(
            named = "muster.full",
            matches = "true",
            disabledReason = "runs with ./muster verify --full")
    void whatAGuestOfUmlTakesIsCutAndTheOneBesideItPasses() throws Exception {
        takesAll("uml", 1100);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "muster.full",
            matches = "true",
            disabledReason = "runs with ./muster verify --full")
    void whatAGuestOfQemuTakesIsCutAndTheOneBesideItPasses() throws Exception {
        takesAll("qemu", 100);
    }

    private void takesAll(String driver, int mostProcesses) throws Exception {
        Files.writeString(folder.resolve("farm.yaml"), """
                ceilings: { journal: 512K, log: 256K, console: 128K, artefacts: 64K, disk: 500M }
                """);
        Installation installation = new Installation(
                TestImages.ROOT,
                folder,
                Set.of("toybox"),
                GuestDrivers.names(),
                List.of(suite("hostile", TAKES_ALL), suite("neighbour", NEIGHBOUR)));
        FarmConfig config = installation.farm();
        Path file = Files.writeString(folder.resolve("hostile.yaml"), """
                matrix: hostile
                distributions: [debian-12]
                suites: { hostile: {}, neighbour: {} }
                guest: { memory: 512M, cpus: 1, driver: [%s] }
                limits: { suite: 10m, silence: 5m, retries: { infrastructure: 0 } }
                """.formatted(driver));
        Matrix matrix = Matrix.read(file, new TreeMap<>(), installation, config);
        try (HeldFarm farm = HeldFarm.open(installation, config, TestImages.KEPT, Clock.systemUTC());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CellRun> runs = farm.queue(matrix, matrix.cells());
            Future<?> running = threads.submit(() -> farm.run(runs));
            int most = 0;
            while (!running.state().equals(Future.State.SUCCESS)) {
                assertThat(running.state()).isEqualTo(Future.State.RUNNING);
                most = Math.max(most, processes());
                Thread.sleep(200);
            }
            assertThat(most).isBetween(20, mostProcesses);
            CellView neighbour = view(farm, runs, "neighbour");
            assertThat(neighbour.line().outcome()).as(neighbour.line().why()).isEqualTo(Outcome.PASSED);
            CellView hostile = view(farm, runs, "hostile");
            assertThat(hostile.line().outcome()).as(hostile.line().why()).isEqualTo(Outcome.FAILED);
            List<String> notes = hostile.notes();
            assertThat(notes)
                    .anyMatch(note -> note.contains("console cut after " + 128 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("log cut after " + 256 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("journal cut after " + 512 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("the guest's disk takes no more writes since its clone took"))
                    .anyMatch(note -> note.startsWith("artefacts: only 200 files are taken"))
                    .anyMatch(note -> note.contains("0-big is cut after " + 64 * KB + " bytes"));
            assertThat(cutAt(hostile, "console")).isEqualTo(128 * KB);
            assertThat(cutAt(hostile, "log")).isEqualTo(256 * KB);
            assertThat(cutAt(hostile, "journal")).isEqualTo(512 * KB);
        }
    }

    /** How many processes there are of all guests. */
    private static int processes() throws IOException {
        int count = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path root = Path.of("/proc", Long.toString(process.pid()), "root", "box");
            if (Files.exists(root)) {
                count++;
            }
        }
        return count;
    }

    private static long cutAt(CellView cell, String role) {
        return cell.files().stream()
                .filter(file -> file.role().equals(role))
                .mapToLong(Ending.KeptFile::cutAt)
                .findFirst()
                .orElse(-1);
    }

    private static CellView view(HeldFarm farm, List<CellRun> runs, String suite) {
        CellRun run = runs.stream()
                .filter(each -> each.key().suite().equals(suite))
                .findFirst()
                .orElseThrow();
        CellKey key = run.key();
        return farm.store().history().cell(run.id().run(), key).orElseThrow();
    }

    private Path suite(String name, String script) throws IOException {
        Path suite = Files.createDirectories(folder.resolve(name));
        Files.writeString(suite.resolve("suite.yaml"), """
                suite: %s
                description: for a test
                format: toybox
                user: root
                cpu: 0.5
                commands: { run: run }
                variants: { default: {} }
                """.formatted(name));
        Path file = Files.writeString(suite.resolve("run"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return suite;
    }
}
