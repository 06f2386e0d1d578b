package muster.orchestrator.guest.lxc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.HostProcess;

/** A guest that leaves more on the host than processes. */
record LxcGuest(Guest processes, Traces traces) implements Guest {

    @Override
    public Path sshSocket() {
        return processes.sshSocket();
    }

    @Override
    public Path console() {
        return processes.console();
    }

    @Override
    public long consoleCutAt() {
        return processes.consoleCutAt();
    }

    @Override
    public String diskCut() {
        return processes.diskCut();
    }

    @Override
    public String exhausted() {
        List<Path> counted = new ArrayList<>(traces.cgroups().left());
        counted.add(sshSocket().resolveSibling(ContainerConfig.LAST_COUNTS));
        Exhaustion exhaustion = new Exhaustion(counted);
        return isAlive() ? exhaustion.ofSilent() : exhaustion.ofEnded();
    }

    @Override
    public void awaitReadyHint(Duration limit) throws InterruptedException {
        processes.awaitReadyHint(limit);
    }

    @Override
    public Optional<HostProcess> process() {
        return processes.process();
    }

    @Override
    public boolean isAlive() {
        return processes.isAlive();
    }

    @Override
    public SortedMap<String, String> provenance() {
        return processes.provenance();
    }

    @Override
    public void close() {
        processes.close();
        if (!isAlive()) {
            traces.remove();
        }
    }
}
