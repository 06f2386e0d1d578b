package muster.orchestrator.guest.lxc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.sandbox.DpkgQuery;
import muster.orchestrator.guest.sandbox.HostFacts;
import muster.orchestrator.guest.sandbox.ProbeAnswer;
import muster.orchestrator.guest.sandbox.ProbeRecord;
import muster.orchestrator.guest.sandbox.Settled;

/**
 * Settles whether containers run on this host, by starting something tiny in one.
 *
 * @param user who asks
 * @param folder where the driver keeps its things
 */
record LxcSetUp(String user, Path folder) implements Settled.SetUp<LxcSetUp.Proven> {

    static final List<Requirement> REQUIREMENTS = List.of(
            new Requirement("lxc-start", "lxc"),
            new Requirement("socat", "socat"),
            new Requirement("perl", "perl-base"),
            new Requirement("mke2fs", "e2fsprogs"),
            new Requirement("blkid", "util-linux"),
            new Requirement("nsenter", "util-linux"),
            new Requirement("setsid", "util-linux"));

    private static final Path PROGRAM = Path.of("/usr/bin/lxc-start");
    private static final List<String> PACKAGES = List.of("lxc", "liblxc1", "socat");

    /** A host on which a container has run. */
    record Proven(HostFacts host, SortedMap<String, String> packages) {}

    @Override
    public Proven settle() throws FarmFailed, InterruptedException {
        if (!user.equals("root")) {
            throw new FarmFailed(
                    "cannot run guests on lxc here: their disks are mounted on the host and their ceilings are cgroups, which takes root;"
                            + " start muster as root, or choose another driver (uml and qemu work as an ordinary user)");
        }
        Requirement.check(LxcDriver.NAME, REQUIREMENTS);
        try {
            HostFacts host = HostFacts.here();
            ProbeRecord record = record();
            ProbeAnswer answer =
                    record.answer(ProbeRecord.key(List.of(PROGRAM), host, List.of()), () -> new LxcProbe().run());
            if (!answer.passed()) {
                throw new FarmFailed("cannot run guests on lxc here: " + answer.why());
            }
            return new Proven(host, DpkgQuery.versions(PACKAGES));
        } catch (IOException e) {
            throw new FarmFailed("cannot set up the driver lxc in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget() throws IOException {
        record().forget();
    }

    private ProbeRecord record() {
        return new ProbeRecord(folder.resolve("probes"));
    }
}
