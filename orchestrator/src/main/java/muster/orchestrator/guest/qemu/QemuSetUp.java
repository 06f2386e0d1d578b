package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.sandbox.DebianFetch;
import muster.orchestrator.guest.sandbox.DpkgQuery;
import muster.orchestrator.guest.sandbox.HostFacts;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import muster.orchestrator.guest.sandbox.ProbeRecord;
import muster.orchestrator.guest.sandbox.Settled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what runs guests on this host, by booting something tiny.
 *
 * @param options the driver's
 * @param folder where the driver keeps its things
 * @param mirrors where things are fetched from
 */
record QemuSetUp(QemuOptions options, Path folder, Mirrors mirrors) implements Settled.SetUp<QemuSetUp.Proven> {

    static final List<Requirement> REQUIREMENTS = List.of(
            new Requirement(QemuCommand.PROGRAM, "qemu-system-x86"),
            new Requirement("qemu-img", "qemu-utils"),
            new Requirement("socat", "socat"),
            new Requirement("bwrap", "bubblewrap"),
            new Requirement("setsid", "util-linux"),
            new Requirement("perl", "perl-base"),
            new Requirement("mmdebstrap", "mmdebstrap"));

    private static final Logger LOG = LoggerFactory.getLogger(QemuSetUp.class);
    private static final List<String> PACKAGES =
            List.of("qemu-system-x86", "qemu-system-common", "qemu-system-data", "qemu-utils", "seabios", "socat");

    /** The probe's: a kernel, a busybox, and nothing else of what comes with them. */
    private static final DebianFetch.Wanted WANTED = new DebianFetch.Wanted(
            "a small kernel to try QEMU with",
            List.of("linux-image-cloud-amd64", "busybox-static"),
            "mkdir \"$1/kept\" && mv \"$1\"/boot/vmlinuz-* \"$1/kept/vmlinuz\" && mv \"$1/usr/bin/busybox\" \"$1/kept\""
                    + " && rm -rf \"$1/boot\" \"$1/usr\"");

    /**
     * What has booted here.
     *
     * @param why why this accelerator, a sentence for people
     * @param packages package to version of what runs guests
     */
    record Proven(Accelerator accelerator, String why, HostFacts host, SortedMap<String, String> packages) {}

    @Override
    public Proven settle() throws FarmFailed, InterruptedException {
        Requirement.check(QemuDriver.NAME, REQUIREMENTS);
        try {
            HostFacts host = HostFacts.here();
            SortedMap<String, String> packages = DpkgQuery.versions(PACKAGES);
            return switch (options.accelerator()) {
                case KVM -> new Proven(Accelerator.KVM, required(Accelerator.KVM, host), host, packages);
                case TCG -> new Proven(Accelerator.TCG, required(Accelerator.TCG, host), host, packages);
                case AUTO -> {
                    ProbeAnswer kvm = answer(Accelerator.KVM, host);
                    if (kvm.passed()) {
                        yield new Proven(Accelerator.KVM, "a small kernel boots under it", host, packages);
                    }
                    LOG.info("qemu: no KVM, {}", kvm.why());
                    required(Accelerator.TCG, host);
                    yield new Proven(Accelerator.TCG, "KVM does not work here: " + kvm.why(), host, packages);
                }
            };
        } catch (IOException e) {
            throw new FarmFailed("cannot set up the driver qemu in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget() throws IOException {
        record().forget();
    }

    private String required(Accelerator accelerator, HostFacts host)
            throws IOException, FarmFailed, InterruptedException {
        ProbeAnswer answer = answer(accelerator, host);
        if (!answer.passed()) {
            throw new FarmFailed("cannot run guests on qemu here: " + answer.why()
                    + (accelerator == Accelerator.KVM
                            ? "; set drivers: qemu: accelerator: auto in farm.yaml to go without KVM"
                            : ""));
        }
        return "farm.yaml asks for it";
    }

    private ProbeRecord record() {
        return new ProbeRecord(folder.resolve("probes"));
    }

    private ProbeAnswer answer(Accelerator accelerator, HostFacts host)
            throws IOException, FarmFailed, InterruptedException {
        Path kept = new DebianFetch(
                        folder, WANTED, new DebianFetch.Release(options.suite(), options.archive()), mirrors)
                .fetch()
                .root()
                .resolve("kept");
        QemuProbe probe = new QemuProbe(kept.resolve("vmlinuz"), kept.resolve("busybox"));
        String key = ProbeRecord.key(
                List.of(Path.of("/usr/bin", QemuCommand.PROGRAM), probe.kernel()),
                host,
                List.of(accelerator.word(), options.machine(), options.cpu()));
        return record().answer(key, () -> probe.boot(new QemuCommand(options, accelerator)));
    }
}
