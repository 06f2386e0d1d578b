package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import muster.orchestrator.guest.Deadline;

/** The state of a machine's devices without its memory, which lies in a file of its own. */
final class MachineState {

    private static final Duration SAVE_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final String SOCKET = "state.sock";

    /** QEMU's words for a migration that has not come to an end, and for a machine that waits for one. */
    private static final Set<String> UNDER_WAY =
            Set.of("none", "setup", "active", "device", "pre-switchover", "inmigrate");

    private MachineState() {}

    /**
     * Stops a machine for good and writes its state to a file; QEMU ends by itself then.
     *
     * @param box the guest's folder that QEMU sees as {@code /box}: it may start no program that could write the file
     */
    static void save(Path box, Path state) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(SAVE_LIMIT);
        try (Qmp qmp = Qmp.connect(box.resolve("qmp.sock"), deadline);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(box.resolve(SOCKET)));
            FutureTask<Long> receiving = new FutureTask<>(() -> receive(server, state));
            Thread.ofVirtual().name("machine state").start(receiving);
            qmp.ask("stop");
            leaveMemoryOut(qmp);
            qmp.ask("migrate", Map.of("uri", "unix:/box/" + SOCKET));
            requireCompleted(qmp, "save its state");
            receiving.get();
            qmp.ask("quit");
        } catch (ExecutionException failed) {
            throw new IOException("cannot write " + state + ": " + failed.getCause(), failed);
        }
    }

    /** Has a machine that waits for a state take the one at its file descriptor 5, and go on. */
    static void load(Path socket, Deadline deadline) throws IOException, InterruptedException {
        try (Qmp qmp = Qmp.connect(socket, deadline)) {
            leaveMemoryOut(qmp);
            qmp.ask("migrate-incoming", Map.of("uri", "fd:5"));
            requireCompleted(qmp, "take the state of its template");
            ended(qmp, "query-status");
            qmp.ask("cont");
        }
    }

    private static void leaveMemoryOut(Qmp qmp) throws IOException {
        qmp.ask(
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))));
    }

    private static void requireCompleted(Qmp qmp, String what) throws IOException, InterruptedException {
        String end = ended(qmp, "query-migrate");
        if (!end.equals("completed")) {
            throw new IOException("QEMU does not " + what + ": " + end);
        }
    }

    /** Asks again and again; the conversation's own deadline ends that. */
    private static String ended(Qmp qmp, String question) throws IOException, InterruptedException {
        while (true) {
            String status = qmp.ask(question).path("status").asString("none");
            if (!UNDER_WAY.contains(status)) {
                return status;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private static long receive(ServerSocketChannel server, Path state) throws IOException {
        try (SocketChannel from = server.accept()) {
            return Files.copy(Channels.newInputStream(from), state);
        }
    }
}
