package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import muster.images.BaseImage;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.sandbox.ProbeRecord;

/**
 * What a template hangs on: where any of it is otherwise, there is another template.
 *
 * @param digest of all of it, a dozen hexadecimal digits
 */
record TemplateKey(String digest) {

    private static final int BYTES = 6;
    private static final Launch MAKING = new Launch.Making(Path.of("/"));

    /**
     * The image, QEMU (its program's file and its packages' versions), the host's kernel and processor and which boot of it
     * this is (for what is on its way to the disk when a host dies is lost), and the command line, which has the guest's
     * shape, the accelerator and the model of the processor.
     */
    static TemplateKey of(GuestSpec spec, QemuCommand command, QemuSetUp.Proven machine) throws IOException {
        BaseImage image = spec.image();
        List<String> parts =
                new ArrayList<>(List.of(image.name(), image.manifest().diskDigest(), HostProcess.hostBoot()));
        image.manifest().kernelDigests().forEach((name, digest) -> parts.add(name + "=" + digest));
        machine.packages().forEach((name, version) -> parts.add(name + "=" + version));
        parts.addAll(command.forGuest(spec, MAKING));
        return of(ProbeRecord.key(List.of(Path.of("/usr/bin", QemuCommand.PROGRAM)), machine.host(), parts));
    }

    static TemplateKey of(String all) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return new TemplateKey(HexFormat.of().formatHex(digest, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
