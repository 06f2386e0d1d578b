package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import muster.images.BaseImage;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.guest.sandbox.SandboxedGuests;
import muster.orchestrator.guest.sandbox.Settled;

/**
 * Runs guests on QEMU, with or without root: a whole machine on which the distribution's own kernel boots, by KVM where
 * that works and by emulation elsewhere. A reboot inside ends the guest, as a power-off and a panic do. Safe for use by
 * many threads.
 */
public final class QemuDriver implements GuestDriver {

    public static final String NAME = "qemu";

    private final QemuOptions options;
    private final Mirrors mirrors;
    private final Clock clock;
    private final Settled<QemuSetUp.Proven> proven;
    private final QemuTemplates templates;

    /**
     * @param runtimes where drivers keep what they fetched for themselves
     * @param space where templates are kept
     * @param clock dates the files of seed disks, and sets the clocks of resumed guests
     */
    public QemuDriver(QemuOptions options, Path runtimes, TemplateSpace space, Mirrors mirrors, Clock clock) {
        this.options = options;
        this.mirrors = mirrors;
        this.proven = new Settled<>(
                new QemuSetUp(options, runtimes.toAbsolutePath().normalize().resolve(NAME), mirrors));
        this.clock = clock;
        this.templates = new QemuTemplates(this::machine, new TemplateStore(space, clock));
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
        return machine().start(spec, new Launch.Cold());
    }

    @Override
    public Optional<Templating> templating() {
        return Optional.of(templates);
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

    private QemuMachine machine() throws FarmFailed, InterruptedException {
        return new QemuMachine(options, proven.get(), mirrors, clock);
    }
}
