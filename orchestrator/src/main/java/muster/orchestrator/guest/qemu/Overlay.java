package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;

/** Makes private disks that keep only what differs from their base. */
final class Overlay {

    private Overlay() {}

    /**
     * @param base the raw disk, as the host sees it
     * @param baseInside the same as the guest's sandbox will see it
     * @param overlay must not exist yet
     */
    static void make(Path base, String baseInside, Path overlay) throws FarmFailed, IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-u", // the base is not looked for: it has its name only inside
                        "-f",
                        "qcow2",
                        "-b",
                        baseInside,
                        "-F",
                        "raw",
                        overlay.toString(),
                        Long.toString(Files.size(base))))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new FarmFailed("cannot make a clone of " + base + ": " + said.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
