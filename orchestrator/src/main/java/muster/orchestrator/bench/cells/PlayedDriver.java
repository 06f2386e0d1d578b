package muster.orchestrator.bench.cells;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.ReadyHint;
import muster.orchestrator.guest.Requirement;

/** Guests that another process plays: for an orchestrator they are like any others, and take nothing of the host. */
final class PlayedDriver implements GuestDriver {

    private final String name;
    private final GuestsDoor door;
    private final Map<Path, Guest> running = new ConcurrentHashMap<>();

    /** @param name by which matrices ask for them */
    PlayedDriver(String name, GuestsDoor door) {
        this.name = name;
        this.door = door;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Requirement> requirements() {
        return List.of();
    }

    @Override
    public void setUp() {
        // who plays them is there already
    }

    @Override
    public void forget() {
        // nothing was found out
    }

    @Override
    public String description() {
        return "guests that another process plays";
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed {
        try {
            GuestOrder.Answer answer =
                    door.ask(GuestOrder.start(spec.label(), spec.folder().toString(), spec.seed()));
            HostProcess process = HostProcess.of(answer.pid())
                    .orElseThrow(() -> new IOException("its process " + answer.pid() + " has ended"));
            Guest guest = new Played(spec.folder(), process);
            running.put(spec.folder(), guest);
            return guest;
        } catch (IOException broken) {
            throw new FarmFailed("cannot start a guest for " + spec.label() + ": " + broken.getMessage(), broken);
        }
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        Guest known = running.get(folder);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HostProcess> process =
                HostProcess.of(door.ask(GuestOrder.find(folder.toString())).pid());
        process.ifPresent(alive -> running.put(folder, new Played(folder, alive)));
        return Optional.ofNullable(running.get(folder));
    }

    private final class Played implements Guest {

        private final Path folder;
        private final HostProcess process;

        Played(Path folder, HostProcess process) {
            this.folder = folder;
            this.process = process;
        }

        @Override
        public Path sshSocket() {
            return folder.resolve("ssh.sock");
        }

        @Override
        public Path console() {
            return folder.resolve("console.log");
        }

        @Override
        public void awaitReadyHint(Duration limit) throws InterruptedException {
            new ReadyHint(console()).await(Deadline.in(limit), this::isAlive);
        }

        @Override
        public Optional<HostProcess> process() {
            return Optional.of(process);
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public SortedMap<String, String> provenance() {
            return new TreeMap<>(Map.of("driver.name", "played"));
        }

        @Override
        public void close() {
            if (running.remove(folder) == null) {
                return;
            }
            try {
                door.ask(GuestOrder.close(folder.toString()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
