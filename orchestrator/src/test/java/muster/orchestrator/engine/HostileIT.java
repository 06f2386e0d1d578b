package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import muster.orchestrator.guest.lxc.LxcOptions;
import muster.orchestrator.matrix.Matrix;
import muster.orchestrator.run.CellRun;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.Outcome;
import muster.reports.view.CellView;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Suites take all that they can get; the guest beside them finishes its own, and the host keeps what it has. */
class HostileIT {

    private static final long KB = 1024;
    private static final long GUEST_BYTES = 384 * KB * KB;

    private static final String DISK_CUT = "the guest's disk takes no more writes since its clone took";

    /** What the programs that run a guest take beside its memory. */
    private static final long BESIDE = 160 * KB * KB;

    /**
     * Before anything that fills the disk: journals, logs and artefacts lie there too. Who writes to a disk that takes no more
     * is not told, but held up by the kernel of its guest, on qemu until the suite is ended as silent.
     */
    private static final String TAKES_ALL = """
            #!/bin/bash
            echo 'PASS: begun' >>"$MUSTER_JOURNAL"
            mkfifo never && exec 9<>never
            seq 1 20000 | (cd "$MUSTER_ARTEFACTS" && xargs touch)
            yes 'without end' | head -c 3000000 >/dev/console
            yes 'without end' | head -c 3000000
            yes 'PASS: without end' | head -c 3000000 >>"$MUSTER_JOURNAL"
            for group in $(find /sys/fs/cgroup -name pids.max); do echo max >"$group"; done 2>/dev/null
            echo 100000 >/proc/sys/kernel/threads-max
            timeout -s KILL 20 bash -c 'while :; do sleep 20 & done' 2>/dev/null
            read -t 20 -u 9
            timeout -s KILL 60 head -c 2000000000 /dev/zero >/root/fill
            timeout -s KILL 60 sync
            echo 'not reached by a write'
            """;

    /** All of the guest's memory, and what its kernel does then, for a minute at most. */
    private static final String TAKES_MEMORY = """
            #!/bin/bash
            head -c 3000000 /dev/zero >"$MUSTER_ARTEFACTS/big"
            timeout -s KILL 60 perl -e 'push @all, "x" x 10_000_000 while 1'
            echo 'PASS: took it' >>"$MUSTER_JOURNAL"
            echo 'END: 1' >>"$MUSTER_JOURNAL"
            """;

    private static final String TAKES_FILES = """
            #!/bin/bash
            mkdir /root/many && cd /root/many
            seq 1 FILES | xargs touch 2>/dev/null
            made=$(find . -name '[0-9]*' | wc -l)
            echo "made $made files"
            if [ "$made" -eq FILES ]; then echo 'PASS: files'; else echo 'FAIL: files'; fi >>"$MUSTER_JOURNAL"
            echo 'END: 1' >>"$MUSTER_JOURNAL"
            """;

    private static final String NEIGHBOUR = """
            #!/bin/sh
            for part in 1 2 3 4 5 6; do
              head -c 20000000 /dev/zero >"part$part" && sleep 2 && rm "part$part"
              echo "PASS: part $part of 6" >>"$MUSTER_JOURNAL"
            done
            echo 'END: 6' >>"$MUSTER_JOURNAL"
            """;

    private static final boolean FULL = Boolean.getBoolean("muster.full");
    private static final int MILLION = 1_000_000;

    /** As many as need seconds, and no more than the disk of a shipped recipe takes. */
    private static final int SOME = 30_000;

    @TempDir
    Path folder;

    /**
     * What the guests of a driver are tried with.
     *
     * @param roomy whether their disk takes a million files, as that of a shipped recipe does not
     * @param mostProcesses of all of them, as the host counts
     * @param leastPeak what is measured at least of a guest that has taken all of its memory
     */
    private record Trial(String driver, int files, boolean roomy, int mostProcesses, long leastPeak) {}

    @Test
    void whatAGuestOfUmlTakesIsCutAndTheOneBesideItPasses() throws Exception {
        List<String> notes = takesAll(new Trial("uml", FULL ? MILLION : SOME, FULL, 1200, GUEST_BYTES / 2));
        assertThat(notes).anyMatch(note -> note.startsWith(DISK_CUT));
    }

    /**
     * Its disk is as large as it may be: what is written beyond fails, and no note tells of it. It has its memory, and
     * is without the process that took it, between two looks of whoever measures.
     */
    @Test
    void whatAGuestOfLxcTakesIsCutAndTheOneBesideItPasses() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "containers take root, and this is an ordinary user");
        takesAll(new Trial("lxc", SOME, false, LxcOptions.PROCESSES + 200, 1));
    }

    /** Fewer files than on uml: an emulated processor takes many times as long for each. */
    @Test
    @EnabledIfSystemProperty(
            named = "muster.full",
            matches = "true",
            disabledReason = "runs with ./muster verify --full")
    void whatAGuestOfQemuTakesIsCutAndTheOneBesideItPasses() throws Exception {
        List<String> notes = takesAll(new Trial("qemu", SOME, false, 130, GUEST_BYTES / 2));
        assertThat(notes).anyMatch(note -> note.startsWith(DISK_CUT));
    }

    /** @return what is noted of the suite that takes all */
    private List<String> takesAll(Trial trial) throws Exception {
        Files.writeString(folder.resolve("farm.yaml"), """
                ceilings: { journal: 512K, log: 256K, console: 128K, artefacts: 64K, disk: %s }
                """.formatted(trial.roomy() ? "1G" : "500M"));
        Installation installation = new Installation(
                TestImages.ROOT,
                folder,
                Set.of("toybox"),
                GuestDrivers.names(),
                List.of(
                        TestSuite.write(folder, "hostile", 0.5, TAKES_ALL),
                        TestSuite.write(folder, "memory", 0.5, TAKES_MEMORY),
                        TestSuite.write(
                                folder, "files", 0.5, TAKES_FILES.replace("FILES", Integer.toString(trial.files()))),
                        TestSuite.write(folder, "neighbour", 0.5, NEIGHBOUR)));
        FarmConfig config = installation.farm();
        Path file = Files.writeString(folder.resolve("hostile.yaml"), """
                matrix: hostile
                distributions: [%s]
                suites: { hostile: {}, memory: {}, files: {}, neighbour: {} }
                guest: { memory: 384M, cpus: 1, driver: [%s] }
                limits: { suite: 20m, silence: %s, retries: { infrastructure: 0 } }
                """.formatted(
                        trial.roomy() ? roomy() : "debian-12", trial.driver(), trial.roomy() ? "15m" : "2m"));
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
            assertThat(most).isBetween(20, trial.mostProcesses());
            CellView neighbour = view(farm, runs, "neighbour");
            assertThat(neighbour.line().outcome()).as(neighbour.line().why()).isEqualTo(Outcome.PASSED);
            CellView memory = view(farm, runs, "memory");
            assertThat(memory.line().outcome()).as(memory.line().why()).isEqualTo(Outcome.PASSED);
            assertThat(memory.notes()).anyMatch(note -> note.contains("big is cut after " + 64 * KB + " bytes"));
            assertThat(farm.store().history().guestUses(key(runs, "memory"), GUEST_BYTES, 1, 1))
                    .singleElement()
                    .satisfies(use -> assertThat(use.peakBytes()).isBetween(trial.leastPeak(), GUEST_BYTES + BESIDE));
            CellView files = view(farm, runs, "files");
            assertThat(files.line().outcome()).as(files.line().why()).isEqualTo(Outcome.PASSED);
            CellView hostile = view(farm, runs, "hostile");
            assertThat(hostile.line().outcome()).as(hostile.line().why()).isIn(Outcome.FAILED, Outcome.SILENT);
            List<String> notes = hostile.notes();
            assertThat(notes)
                    .anyMatch(note -> note.contains("console cut after " + 128 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("log cut after " + 256 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("journal cut after " + 512 * KB + " bytes"))
                    .anyMatch(note -> note.startsWith("artefacts: only 200 files are taken"));
            assertThat(cutAt(hostile, "console")).isEqualTo(128 * KB);
            assertThat(cutAt(hostile, "log")).isEqualTo(256 * KB);
            assertThat(cutAt(hostile, "journal")).isEqualTo(512 * KB);
            return notes;
        }
    }

    /** A recipe of the same distribution, and of a disk on which a million files have room. */
    private String roomy() throws IOException {
        String shipped = Files.readString(TestImages.ROOT.resolve("images/recipes/debian-12.yaml"));
        String recipe = shipped.replace("distribution: debian-12\n", "distribution: debian-12-roomy\n")
                .replace("disk: 3G\n", "disk: 20G\n");
        assertThat(recipe).contains("debian-12-roomy", "20G");
        Path recipes = Files.createDirectories(folder.resolve("recipes"));
        Files.writeString(recipes.resolve("debian-12-roomy.yaml"), recipe);
        return "debian-12-roomy";
    }

    /** How many processes there are of all guests. */
    private static int processes() {
        int count = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (Files.exists(Path.of("/proc", Long.toString(process.pid()), "root", "box"))
                    || Files.exists(Path.of("/proc", Long.toString(process.pid()), "root", "run/muster/nonce"))) {
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
        return farm.store()
                .history()
                .cell(runs.getFirst().id().run(), key(runs, suite))
                .orElseThrow();
    }

    private static CellKey key(List<CellRun> runs, String suite) {
        return runs.stream()
                .map(CellRun::key)
                .filter(key -> key.suite().equals(suite))
                .findFirst()
                .orElseThrow();
    }
}
