package muster.orchestrator.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** Installs Debian packages on this host. */
final class Packages {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final List<String> APT =
            List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300");

    private Packages() {}

    /** The command line by which root installs them. */
    static String command(Collection<String> packages) {
        return "apt-get install --no-install-recommends -y " + String.join(" ", packages);
    }

    /**
     * Installs them.
     *
     * @return why they are not installed; empty when they are
     */
    static String install(Host host, SortedSet<String> packages) throws InterruptedException {
        if (!host.has("apt-get")) {
            return "cannot install " + String.join(" ", packages)
                    + ": this host has no apt-get; install the same with its own package manager";
        }
        if (!host.root()) {
            return "cannot install packages: only root may; as root: " + command(packages);
        }
        List<String> install = new ArrayList<>(APT);
        install.addAll(List.of("install", "--no-install-recommends", "-y"));
        install.addAll(packages);
        Host.Said said = host.run(LIMIT, install);
        if (!said.ok()) {
            // Lists that are old, or not there at all, are the usual reason.
            List<String> update = new ArrayList<>(APT);
            update.add("update");
            said = host.run(LIMIT, update);
            if (said.ok()) {
                said = host.run(LIMIT, install);
            }
        }
        return said.ok()
                ? ""
                : "cannot install " + String.join(" ", packages) + ": apt-get ended with status " + said.status()
                        + "; it said:\n" + said.output();
    }
}
