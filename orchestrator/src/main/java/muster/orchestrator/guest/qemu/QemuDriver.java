package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.LeanBoot;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.sandbox.Bounds;
import muster.orchestrator.guest.sandbox.Sandbox;
import muster.orchestrator.guest.sandbox.Sandbox.Access;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import muster.orchestrator.guest.sandbox.SandboxedGuests;
import muster.orchestrator.guest.sandbox.Settled;
import muster.orchestrator.guest.sandbox.Tools;

/**
 * Runs guests on QEMU, with or without root: a whole machine on which the distribution's own kernel boots, by KVM where
 * that works and by emulation elsewhere. A reboot inside ends the guest, as a power-off and a panic do. Safe for use by
 * many threads.
 */
public final class QemuDriver implements GuestDriver {

    public static final String NAME = "qemu";

    private final QemuOptions options;
    private final Clock clock;
    private final Settled<QemuSetUp.Proven> proven;

    /**
     * @param runtimes where drivers keep what they fetched for themselves
     * @param clock dates the files of seed disks
     */
    public QemuDriver(QemuOptions options, Path runtimes, Mirrors mirrors, Clock clock) {
        this.options = options;
        this.proven = new Settled<>(
                new QemuSetUp(options, runtimes.toAbsolutePath().normalize().resolve(NAME), mirrors));
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Requirement> requirements() {
        return QemuSetUp.REQUIREMENTS;
    }

    @Override
    public void setUp() throws FarmFailed, InterruptedException {
        proven.get();
    }

    @Override
    public void forget() throws IOException {
        proven.forget();
    }

    @Override
    public String description() {
        QemuSetUp.Proven settled = proven.known();
        return "QEMU " + settled.packages().getOrDefault("qemu-system-x86", "") + " under " + settled.accelerator()
                + ", for " + settled.why();
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        refuseWhatCannotRun(spec);
        QemuSetUp.Proven machine = proven.get();
        SandboxFolder folder = SandboxFolder.of(spec.folder());
        QemuCommand command = new QemuCommand(options, machine.accelerator());
        return SandboxedGuests.start(
                spec,
                QemuCommand.NETWORK,
                clock,
                () -> {
                    if (!spec.writeThrough()) {
                        Overlay.make(spec.disk(), QemuCommand.DISK, folder.box().resolve("clone.qcow2"));
                    }
                    return sandbox(spec, folder, command);
                },
                sandbox -> provenance(spec, command, machine, QemuStatus.await(spec.label(), folder, sandbox)));
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        return SandboxedGuests.find(folder);
    }

    private static void refuseWhatCannotRun(GuestSpec spec) throws FarmFailed {
        BaseImage image = spec.image();
        String architecture = image.manifest().architecture();
        if (!QemuCommand.ARCHITECTURES.contains(architecture)) {
            throw new FarmFailed(
                    "cannot run %s on qemu: its image %s is for %s, and the driver knows only %s; choose another driver for it"
                            .formatted(
                                    spec.label(),
                                    image.name(),
                                    architecture,
                                    String.join(" and ", QemuCommand.ARCHITECTURES)));
        }
        if (image.manifest().kernel() == null || !Files.exists(image.kernel()) || !Files.exists(image.initrd())) {
            throw new FarmFailed(
                    "cannot run %s on qemu: its image %s has no kernel; name one in its recipe (kernel: linux-image-...) or choose another driver"
                            .formatted(spec.label(), image.name()));
        }
    }

    private Sandbox sandbox(GuestSpec spec, SandboxFolder folder, QemuCommand command) {
        List<Sandbox.Bind> binds = new ArrayList<>(List.of(
                bind(spec.image().kernel(), QemuCommand.KERNEL, Access.READ),
                bind(spec.image().initrd(), QemuCommand.INITRD, Access.READ),
                bind(spec.disk(), QemuCommand.DISK, spec.writeThrough() ? Access.WRITE : Access.READ),
                bind(folder.seed(), QemuCommand.SEED, Access.READ)));
        if (command.accelerator() == Accelerator.KVM) {
            binds.add(QemuProbe.kvm());
        }
        return new Sandbox(
                Tools.HOST,
                folder,
                binds,
                command.forGuest(spec),
                Bounds.withMemoryMapped(
                        spec, options.consoleBytes(), options.diskBytes(), command.addressBytesBeside(spec.cpus())));
    }

    private static Sandbox.Bind bind(Path host, String inside, Access access) {
        return new Sandbox.Bind(host.toAbsolutePath(), inside, access);
    }

    private SortedMap<String, String> provenance(
            GuestSpec spec, QemuCommand command, QemuSetUp.Proven machine, QemuStatus status) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("driver.name", NAME);
        all.put("driver.version", status.version());
        all.put("driver.accelerator", status.accelerator().word());
        all.put("driver.accelerator.why", machine.why());
        all.put("driver.machine", options.machine());
        all.put("driver.cpu", options.cpu());
        all.put("driver.command", String.join(" ", command.forGuest(spec)));
        all.put("driver.masked", String.join(" ", LeanBoot.MASKED));
        machine.packages().forEach((name, version) -> all.put("driver.package." + name, version));
        all.put(
                "kernel.version",
                Objects.requireNonNullElse(spec.image().manifest().kernel(), ""));
        all.put("kernel.command", String.join(" ", QemuCommand.kernelWords()));
        all.put("kernel.origin", "the distribution's own");
        all.put("host.kernel", machine.host().kernel());
        all.put("host.cpu", machine.host().cpu());
        return all;
    }
}
