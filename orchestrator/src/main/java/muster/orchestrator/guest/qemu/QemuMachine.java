package muster.orchestrator.guest.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.Mirrors;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.LeanBoot;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.guest.sandbox.Bounds;
import muster.orchestrator.guest.sandbox.MirrorProxy;
import muster.orchestrator.guest.sandbox.Sandbox;
import muster.orchestrator.guest.sandbox.Sandbox.Access;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import muster.orchestrator.guest.sandbox.SandboxedGuests;
import muster.orchestrator.guest.sandbox.Tools;

/**
 * Starts guests on a QEMU that is known to work here.
 *
 * @param options the driver's
 * @param proven what works
 * @param mirrors which guests reach where they may
 * @param clock dates the files of seed disks, and sets the clocks of resumed guests
 */
record QemuMachine(QemuOptions options, QemuSetUp.Proven proven, Mirrors mirrors, Clock clock) {

    private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(60);

    QemuCommand command() {
        return new QemuCommand(options, proven.accelerator());
    }

    /**
     * Starts one.
     *
     * @throws FarmFailed when it could not be started, or went wrong before it had its identity
     */
    Guest start(GuestSpec spec, Launch launch) throws FarmFailed, InterruptedException {
        SandboxFolder folder = SandboxFolder.of(spec.folder());
        return SandboxedGuests.start(
                spec,
                QemuCommand.NETWORK,
                clock,
                mirrors,
                () -> {
                    makeDisk(spec, folder, launch);
                    return sandbox(spec, folder, launch);
                },
                sandbox -> facts(spec, folder, launch, sandbox));
    }

    private static void makeDisk(GuestSpec spec, SandboxFolder folder, Launch launch)
            throws FarmFailed, IOException, InterruptedException {
        if (spec.writeThrough()) {
            return;
        }
        long bytes = Files.size(spec.disk());
        Path clone = folder.box().resolve("clone.qcow2");
        switch (launch) {
            case Launch.Cold _ -> Overlay.make(bytes, QemuCommand.DISK, "raw", clone);
            case Launch.Making(Path template) ->
                Overlay.make(bytes, QemuCommand.DISK, "raw", template.resolve(Template.DISK));
            case Launch.Resumed _ -> Overlay.make(bytes, QemuCommand.TEMPLATE + Template.DISK, "qcow2", clone);
        }
    }

    private Sandbox sandbox(GuestSpec spec, SandboxFolder folder, Launch launch) {
        List<Sandbox.Bind> binds = new ArrayList<>(List.of(
                bind(spec.image().kernel(), QemuCommand.KERNEL, Access.READ),
                bind(spec.image().initrd(), QemuCommand.INITRD, Access.READ),
                bind(spec.disk(), QemuCommand.DISK, spec.writeThrough() ? Access.WRITE : Access.READ),
                bind(folder.seed(), QemuCommand.SEED, Access.READ)));
        switch (launch) {
            case Launch.Cold _ -> {}
            case Launch.Making(Path template) -> binds.add(bind(template, QemuCommand.TEMPLATE, Access.WRITE));
            case Launch.Resumed(Template template) -> {
                binds.add(ofTemplate(template, Template.DISK, Access.READ));
                binds.add(ofTemplate(template, Template.STATE, Access.READ));
                binds.add(ofTemplate(template, Template.MEMORY, Access.WRITE));
            }
        }
        if (proven.accelerator() == Accelerator.KVM) {
            binds.add(QemuProbe.kvm());
        }
        List<String> guest = command().forGuest(spec, launch);
        return new Sandbox(
                Tools.HOST,
                folder,
                binds,
                spec.mirrors() ? MirrorProxy.inside(Tools.HOST, guest) : guest,
                Bounds.withMemoryMapped(
                        spec,
                        options.consoleBytes(),
                        options.diskBytes(),
                        command().addressBytesBeside(spec.cpus())));
    }

    private static Sandbox.Bind ofTemplate(Template template, String name, Access access) {
        return bind(template.file(name), QemuCommand.TEMPLATE + name, access);
    }

    private static Sandbox.Bind bind(Path host, String inside, Access access) {
        return new Sandbox.Bind(host.toAbsolutePath(), inside, access);
    }

    private SortedMap<String, String> facts(GuestSpec spec, SandboxFolder folder, Launch launch, HostProcess sandbox)
            throws FarmFailed, IOException, InterruptedException {
        SortedMap<String, String> all = provenance(spec, launch, QemuStatus.await(spec.label(), folder, sandbox));
        if (launch instanceof Launch.Resumed(Template template)) {
            Deadline deadline = Deadline.in(RENEWAL_LIMIT);
            MachineState.load(folder.box().resolve("qmp.sock"), deadline);
            Renewal.renew(folder.box().resolve(QemuCommand.RENEWAL), clock, deadline);
            all.put(Templating.TEMPLATE, template.name());
            all.put(Templating.TEMPLATE + ".made", template.facts().madeAt().toString());
        }
        return all;
    }

    private SortedMap<String, String> provenance(GuestSpec spec, Launch launch, QemuStatus status) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("driver.name", QemuDriver.NAME);
        all.put("driver.version", status.version());
        all.put("driver.accelerator", status.accelerator().word());
        all.put("driver.accelerator.why", proven.why());
        all.put("driver.machine", options.machine());
        all.put("driver.cpu", options.cpu());
        all.put("driver.command", String.join(" ", command().forGuest(spec, launch)));
        all.put("driver.masked", options.lean() ? String.join(" ", LeanBoot.MASKED) : "");
        proven.packages().forEach((name, version) -> all.put("driver.package." + name, version));
        all.put(
                "kernel.version",
                Objects.requireNonNullElse(spec.image().manifest().kernel(), ""));
        all.put("kernel.command", String.join(" ", command().kernelWords(launch)));
        all.put("kernel.origin", "the distribution's own");
        all.put("host.kernel", proven.host().kernel());
        all.put("host.cpu", proven.host().cpu());
        return all;
    }
}
