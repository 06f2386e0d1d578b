package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleReaderTest {

    @TempDir
    Path folder;

    private Path console;
    private ConsoleReader reader;
    private final List<ConsoleSign> found = new ArrayList<>();

    @BeforeEach
    void makeReader() {
        console = folder.resolve("console");
        reader = new ConsoleReader(console, List.of(Pattern.compile("task known-to-be-slow:")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PANIC         | [    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b
            PANIC         | login: [    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs
            OOPS          | [   39.1] BUG: kernel NULL pointer dereference, address: 0000000000000000
            OOPS          | [   39.1] BUG: unable to handle page fault for address: ffffffffc0a0b000
            OOPS          | [   39.1] Oops: 0002 [#1] PREEMPT SMP NOPTI
            OOPS          | [   39.1] general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1]
            OOPS          | [   39.1] Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008
            OOPS          | [   39.1] kernel BUG at fs/ext4/inode.c:2730!
            HUNG_TASK     | [  242.6] INFO: task kworker/0:1:17 blocked for more than 120 seconds.
            SOFT_LOCKUP   | [   60.0] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:412]
            SOFT_LOCKUP   | [   60.0] rcu: INFO: rcu_preempt self-detected stall on CPU
            SOFT_LOCKUP   | [   60.0] rcu: INFO: rcu_sched detected stalls on CPUs/tasks:
            OUT_OF_MEMORY | [   99.9] Out of memory: Killed process 812 (cc1) total-vm:900000kB
            OUT_OF_MEMORY | [   99.9] Memory cgroup out of memory: Killed process 812 (cc1)
            READ_ONLY     | [   12.0] EXT4-fs (ubda): Remounting filesystem read-only
            """)
    void theKernelsWordsAreKnown(ConsoleSign sign, String line) throws IOException {
        append(line + "\n");
        read();
        assertThat(found).containsExactly(sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    0.0] Linux version 6.12.0",
                "[   39.1] traps: conftest[412] general protection fault ip:55d0 sp:7ffd error:0 in conftest",
                "[   39.1] conftest[412]: segfault at 0 ip 000055d0 sp 00007ffd error 4",
                "[    1.0] EXT4-fs (ubda): re-mounted 7b1e. Quota mode: none.",
                "[    1.0] INFO: task known-to-be-slow:17 blocked for more than 120 seconds.",
                ""
            })
    void otherLinesAreNot(String line) throws IOException {
        append(line + "\n");
        read();
        assertThat(found).isEmpty();
    }

    @Test
    void aLineCountsWhenItIsWholeWhereverItIsCutByReading() throws IOException {
        append("Booting\n[    1.2] Kernel pan");
        read();
        assertThat(reader.panic()).isNull();
        append("ic - not syncing: Attempted to kill init!\r\nCPU: 0\n");
        read();
        assertThat(reader.panic()).isEqualTo("Kernel panic - not syncing: Attempted to kill init!");
        assertThat(found).containsExactly(ConsoleSign.PANIC);
    }

    @Test
    void anEndlessLineIsHeldInPart() throws IOException {
        append("x".repeat(10_000_000));
        read();
        assertThat(reader.tail(5)).hasSize(ConsoleReader.LINE_BYTES);
    }

    @Test
    void theLastLinesAreHeldWithTheOneThatHasNoEnd() throws IOException {
        append("line\n".repeat(5_000) + "before\nlast words");
        read();
        assertThat(reader.tail(2)).isEqualTo("before\nlast words");
        assertThat(reader.tail(1_000_000)).hasLineCount(ConsoleReader.LINES);
    }

    @Test
    void aGuestsControlCharactersReachNobody() throws IOException {
        append("\u001b[2J\u0007Oops: \u009b31m\n");
        read();
        assertThat(reader.tail(1)).isEqualTo("?[2J?Oops: ?31m");
    }

    @Test
    void aConsoleThatWasNeverWrittenSaysNothing() throws IOException {
        read();
        assertThat(reader.panic()).isNull();
        assertThat(reader.tail(10)).isEmpty();
    }

    private void append(String text) throws IOException {
        Files.writeString(console, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void read() throws IOException {
        reader.read((sign, line) -> found.add(sign));
    }
}
