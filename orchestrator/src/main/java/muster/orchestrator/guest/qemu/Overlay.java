package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.guest.FarmFailed;

/** Makes private disks that keep only what differs from their base. */
public final class Overlay {

    private Overlay() {}

    /**
     * @param bytes how large the disk is
     * @param base what it begins as, by the path at which the guest's sandbox sees it
     * @param format that one's, in QEMU's words
     * @param overlay must not exist yet
     */
    public static void make(long bytes, String base, String format, Path overlay)
            throws FarmFailed, IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-u", // the base is not looked for: it has its name only inside
                        "-f",
                        "qcow2",
                        "-b",
                        base,
                        "-F",
                        format,
                        overlay.toString(),
                        Long.toString(bytes)))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new FarmFailed("cannot make a clone of " + base + " at " + overlay + ": " + said.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
