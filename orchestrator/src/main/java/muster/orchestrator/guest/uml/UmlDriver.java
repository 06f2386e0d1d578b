package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.Mirrors;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.LeanBoot;
import muster.orchestrator.guest.Movable;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.sandbox.Bounds;
import muster.orchestrator.guest.sandbox.MirrorProxy;
import muster.orchestrator.guest.sandbox.Sandbox;
import muster.orchestrator.guest.sandbox.Sandbox.Access;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import muster.orchestrator.guest.sandbox.SandboxedGuests;
import muster.orchestrator.guest.sandbox.Settled;

/**
 * Runs guests on User-Mode Linux, with or without root. It is the distribution's userland on UML's kernel, one processor,
 * amd64 only. A reboot inside ends the guest, as a power-off does. Safe for use by many threads.
 */
public final class UmlDriver implements GuestDriver, Movable {

    public static final String NAME = "uml";

    private static final String DISK = "/img/disk.raw";
    private static final String SEED = "/img/seed.img";

    private final UmlOptions options;
    private final Mirrors mirrors;
    private final Clock clock;
    private final Settled<UmlSetUp.Proven> proven;

    /**
     * @param runtimes where drivers keep what they fetched for themselves
     * @param clock dates the files of seed disks
     */
    public UmlDriver(UmlOptions options, Path runtimes, Mirrors mirrors, Clock clock) {
        this.options = options;
        this.mirrors = mirrors;
        this.proven = new Settled<>(
                new UmlSetUp(options, runtimes.toAbsolutePath().normalize().resolve(NAME), mirrors));
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Requirement> requirements() {
        return UmlSetUp.REQUIREMENTS;
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
        UmlSetUp.Proven settled = proven.known();
        return "User-Mode Linux " + settled.kernelVersion() + ", "
                + settled.runtime().origin() + (options.seccomp() ? ", with seccomp" : ", with ptrace");
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        refuseWhatCannotRun(spec);
        UmlSetUp.Proven kernel = proven.get();
        SandboxFolder folder = SandboxFolder.of(spec.folder());
        KernelArguments arguments = KernelArguments.forGuest(
                spec.writeThrough() ? DISK : "/box/clone.cow," + DISK, SEED, spec.memoryBytes(), options);
        String network = KernelArguments.slirp(spec.mirrors());
        List<String> command = arguments.command(kernel.runtime(), network);
        Sandbox sandbox = new Sandbox(
                kernel.runtime().tools(),
                folder,
                List.of(
                        new Sandbox.Bind(
                                spec.disk().toAbsolutePath(), DISK, spec.writeThrough() ? Access.WRITE : Access.READ),
                        new Sandbox.Bind(folder.seed(), SEED, Access.READ)),
                spec.mirrors() ? MirrorProxy.inside(kernel.runtime().tools(), command) : command,
                Bounds.withMemoryFile(spec, options.consoleBytes(), options.diskBytes()));
        return SandboxedGuests.start(
                spec,
                KernelArguments.NETWORK,
                clock,
                mirrors,
                () -> sandbox,
                _ -> provenance(arguments, network, kernel));
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        return SandboxedGuests.find(folder);
    }

    @Override
    public Guest move(Path from, Path to, String label, Map<String, String> facts) throws IOException {
        return SandboxedGuests.move(from, to, label, facts);
    }

    private void refuseWhatCannotRun(GuestSpec spec) throws FarmFailed {
        String architecture = spec.image().manifest().architecture();
        if (!architecture.equals("amd64")) {
            throw new FarmFailed(
                    "cannot run %s on uml: its image %s is for %s, and User-Mode Linux here runs amd64 alone; choose another driver for it"
                            .formatted(spec.label(), spec.image().name(), architecture));
        }
        if (spec.cpus() != 1) {
            throw new FarmFailed(
                    "cannot run %s on uml with %d processors: User-Mode Linux has one; ask for cpus: 1 or choose another driver"
                            .formatted(spec.label(), spec.cpus()));
        }
    }

    private static SortedMap<String, String> provenance(
            KernelArguments arguments, String network, UmlSetUp.Proven kernel) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("driver.name", NAME);
        all.put("driver.origin", kernel.runtime().origin());
        all.put("driver.command", "linux.uml " + String.join(" ", arguments.words()));
        all.put("driver.network", network);
        all.put("driver.masked", String.join(" ", LeanBoot.MASKED_WITHOUT_MODULES));
        kernel.runtime().packages().forEach((name, version) -> all.put("driver.package." + name, version));
        all.put("kernel.version", kernel.kernelVersion());
        all.put("kernel.origin", "User-Mode Linux's own, not the distribution's");
        all.put("host.kernel", kernel.host().kernel());
        all.put("host.cpu", kernel.host().cpu());
        return all;
    }
}
