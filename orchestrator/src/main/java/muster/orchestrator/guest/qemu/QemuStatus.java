package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.sandbox.ConsoleTail;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import tools.jackson.databind.JsonNode;

/**
 * What a QEMU says of itself.
 *
 * @param version its version, e.g. {@code 7.2.22}
 * @param accelerator the one in use
 * @param state in QEMU's words; {@code running} unless it was stopped
 */
record QemuStatus(String version, Accelerator accelerator, String state) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);

    /**
     * Waits until a QEMU that was just started speaks, and asks it.
     *
     * @param label said in messages
     * @throws FarmFailed when it ended at once, with what it said, or does not speak
     */
    static QemuStatus await(String label, SandboxFolder folder, HostProcess sandbox)
            throws FarmFailed, InterruptedException {
        Path socket = folder.box().resolve("qmp.sock");
        Deadline deadline = Deadline.in(LIMIT);
        boolean listens = deadline.await(PAUSE, () -> Files.exists(socket) || !sandbox.isAlive())
                && Files.exists(socket)
                && sandbox.isAlive();
        if (!listens) {
            throw new FarmFailed("cannot start a guest for " + label + ": QEMU "
                    + (sandbox.isAlive() ? "does not answer" : "ended at once") + "; it said: "
                    + ConsoleTail.of(folder.console()));
        }
        try (Qmp qmp = LineSocket.patiently(() -> Qmp.connect(socket, deadline), deadline, sandbox::isAlive)) {
            return of(qmp.ask("query-version"), qmp.ask("query-kvm"), qmp.ask("query-status"));
        } catch (IOException e) {
            // What it said last is on its way to the console.
            Deadline.in(LAST_WORDS).await(PAUSE, () -> !sandbox.isAlive());
            throw new FarmFailed(
                    "cannot start a guest for %s: %s; QEMU said: %s"
                            .formatted(label, e.getMessage(), ConsoleTail.of(folder.console())),
                    e);
        }
    }

    /** Reads the answers to {@code query-version}, {@code query-kvm} and {@code query-status}. */
    static QemuStatus of(JsonNode version, JsonNode kvm, JsonNode status) throws IOException {
        JsonNode numbers = version.path("qemu");
        JsonNode enabled = kvm.path("enabled");
        JsonNode state = status.path("status");
        if (!numbers.path("major").isInt()
                || !numbers.path("minor").isInt()
                || !numbers.path("micro").isInt()
                || !enabled.isBoolean()
                || !state.isString()) {
            throw new IOException("QEMU does not say what it is");
        }
        return new QemuStatus(
                numbers.path("major").asInt() + "." + numbers.path("minor").asInt() + "."
                        + numbers.path("micro").asInt(),
                enabled.asBoolean() ? Accelerator.KVM : Accelerator.TCG,
                state.asString());
    }
}
