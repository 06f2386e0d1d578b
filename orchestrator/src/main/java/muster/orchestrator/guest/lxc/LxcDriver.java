package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.sandbox.SandboxFolder;
import muster.orchestrator.guest.sandbox.SandboxedGuests;
import muster.orchestrator.guest.sandbox.Settled;

/**
 * Runs guests as containers of LXC, as root: the distribution's userland on the host's kernel, amd64 and i386. A reboot
 * inside ends the guest, as a power-off does; a panic there is not, for it would be the host's. Safe for use by many
 * threads.
 */
public final class LxcDriver implements GuestDriver {

    public static final String NAME = "lxc";

    /** Debian's words for the machines whose programs run on an amd64 host's kernel. */
    private static final List<String> ARCHITECTURES = List.of("amd64", "i386");

    private final LxcOptions options;
    private final Clock clock;
    private final Settled<LxcSetUp.Proven> proven;

    /**
     * @param runtimes where drivers keep what they found out
     * @param clock dates the files of seed disks
     */
    public LxcDriver(LxcOptions options, Path runtimes, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.proven = new Settled<>(new LxcSetUp(
                System.getProperty("user.name", ""),
                runtimes.toAbsolutePath().normalize().resolve(NAME)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Requirement> requirements() {
        return LxcSetUp.REQUIREMENTS;
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
        LxcSetUp.Proven settled = proven.known();
        return "LXC " + settled.packages().getOrDefault("lxc", "") + " on the host's kernel "
                + settled.host().kernel();
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        refuseWhatCannotRun(spec);
        LxcSetUp.Proven host = proven.get();
        SandboxFolder folder = SandboxFolder.of(spec.folder());
        Identity identity = Identity.of(folder.path());
        Traces traces = new Traces(
                Cgroups.here(identity.name()),
                spec.writeThrough() ? List.of(folder.path(), disk(spec)) : List.of(folder.path()));
        boolean started = false;
        try {
            Guest processes = SandboxedGuests.start(
                    spec,
                    null,
                    clock,
                    () -> container(spec, folder, identity, traces.cgroups()),
                    _ -> provenance(spec, host));
            started = true;
            return new LxcGuest(processes, traces);
        } finally {
            if (!started) {
                traces.remove();
            }
        }
    }

    @Override
    public Optional<Guest> find(Path path) throws IOException {
        SandboxFolder folder = SandboxFolder.of(path);
        Traces traces = Traces.of(folder);
        Optional<Guest> found = SandboxedGuests.find(path);
        if (found.isEmpty()) {
            traces.remove();
        }
        return found.map(processes -> new LxcGuest(processes, traces));
    }

    private Container container(GuestSpec spec, SandboxFolder folder, Identity identity, Cgroups cgroups)
            throws FarmFailed, IOException {
        if (spec.writeThrough()) {
            Traces.note(folder, disk(spec));
        }
        Files.write(
                folder.box().resolve("lxc.conf"),
                ContainerConfig.ofGuest(identity, spec.seed().hostname()));
        Files.write(folder.box().resolve("calls"), ContainerConfig.calls());
        cgroups.make(new Cgroups.Ceilings(spec.memoryBytes(), options.processes(), spec.cpus()));
        return new Container(
                folder,
                new Container.Disk(disk(spec), spec.writeThrough(), options.diskBytes()),
                identity,
                cgroups.doors(),
                options.consoleBytes());
    }

    private static Path disk(GuestSpec spec) {
        return spec.disk().toAbsolutePath().normalize();
    }

    private static void refuseWhatCannotRun(GuestSpec spec) throws FarmFailed {
        String architecture = spec.image().manifest().architecture();
        if (!ARCHITECTURES.contains(architecture)) {
            throw new FarmFailed(
                    "cannot run %s on lxc: its image %s is for %s, and the host's kernel runs only %s; choose another driver for it"
                            .formatted(
                                    spec.label(),
                                    spec.image().name(),
                                    architecture,
                                    String.join(" and ", ARCHITECTURES)));
        }
    }

    private SortedMap<String, String> provenance(GuestSpec spec, LxcSetUp.Proven host) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("driver.name", NAME);
        all.put("driver.version", host.packages().getOrDefault("lxc", ""));
        all.put("driver.command", ContainerConfig.INIT + " " + String.join(" ", ContainerConfig.initWords()));
        all.put("driver.config", String.join("; ", ContainerConfig.ofAll()));
        all.put("driver.masked", String.join(" ", ContainerConfig.MASKED));
        all.put("driver.processes", Integer.toString(options.processes()));
        all.put("driver.cpus", "all of the host's, with the weight of " + spec.cpus());
        host.packages().forEach((name, version) -> all.put("driver.package." + name, version));
        all.put("kernel.version", host.host().kernel());
        all.put("kernel.origin", "the host's own, not the distribution's");
        all.put("host.kernel", host.host().kernel());
        all.put("host.cpu", host.host().cpu());
        return all;
    }
}
