package muster.orchestrator.guest.uml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
 * Settles which kernel runs guests on this host: its own if a probe boots on it, else the newer one that is fetched.
 *
 * @param options the driver's
 * @param folder where the driver keeps its things
 * @param mirrors where things are fetched from
 */
record UmlSetUp(UmlOptions options, Path folder, Mirrors mirrors) implements Settled.SetUp<UmlSetUp.Proven> {

    static final List<Requirement> REQUIREMENTS = List.of(
            new Requirement("bwrap", "bubblewrap"),
            new Requirement("setsid", "util-linux"),
            new Requirement("mmdebstrap", "mmdebstrap"));

    private static final Logger LOG = LoggerFactory.getLogger(UmlSetUp.class);

    /** A runtime that has booted here. */
    record Proven(UmlRuntime runtime, String kernelVersion, HostFacts host) {}

    @Override
    public Proven settle() throws FarmFailed, InterruptedException {
        requireHost();
        try {
            HostFacts host = HostFacts.here();
            UmlRuntime own = new UmlRuntime("the host's own", Path.of("/"), DpkgQuery.versions(UmlRuntime.PACKAGES));
            String why = own.missing().map(file -> "the host has no " + file).orElse("");
            if (why.isEmpty()) {
                ProbeAnswer answer = answer(own, host);
                if (answer.passed()) {
                    return new Proven(own, answer.kernelVersion(), host);
                }
                why = answer.why();
            }
            LOG.info("uml: {}; taking a newer one from {}", why, options.suite());
            UmlRuntime fetched = fetch();
            ProbeAnswer answer = answer(fetched, host);
            if (!answer.passed()) {
                throw new FarmFailed("cannot run guests on uml here: %s; and the one fetched from %s: %s"
                        .formatted(why, options.suite(), answer.why()));
            }
            return new Proven(fetched, answer.kernelVersion(), host);
        } catch (IOException e) {
            throw new FarmFailed("cannot set up the driver uml in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget() throws IOException {
        record().forget();
    }

    private ProbeRecord record() {
        return new ProbeRecord(folder.resolve("probes"));
    }

    private ProbeAnswer answer(UmlRuntime runtime, HostFacts host)
            throws IOException, FarmFailed, InterruptedException {
        String key =
                ProbeRecord.key(List.of(runtime.kernel()), host, List.of(options.seccomp() ? "seccomp" : "ptrace"));
        return record().answer(key, () -> new UmlProbe(options.seccomp()).boot(runtime));
    }

    private UmlRuntime fetch() throws FarmFailed, InterruptedException {
        DebianFetch.Release release = new DebianFetch.Release(options.suite(), options.archive());
        DebianFetch.Fetched fetched = new DebianFetch(folder, UmlRuntime.WANTED, release, mirrors).fetch();
        return new UmlRuntime("fetched from " + options.suite(), fetched.root(), fetched.packages());
    }

    private static void requireHost() throws FarmFailed {
        String machine = System.getProperty("os.arch", "");
        if (!machine.equals("amd64")) {
            throw new FarmFailed(
                    "cannot run guests on uml here: User-Mode Linux is there for amd64 hosts, and this one is "
                            + machine + "; use another driver");
        }
        Requirement.check(UmlDriver.NAME, REQUIREMENTS);
    }
}
