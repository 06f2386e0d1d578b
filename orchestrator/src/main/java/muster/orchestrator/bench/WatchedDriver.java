package muster.orchestrator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.HostProcess;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.Requirement;
import muster.orchestrator.guest.Templating;
import org.jspecify.annotations.Nullable;

/** A driver that remembers what it was asked for last and when, so that guests are measured without being made otherwise. */
final class WatchedDriver implements GuestDriver {

    private final GuestDriver driver;
    private @Nullable GuestSpec last;
    private long startFrom;
    private long startedAt;
    private long readyAt;

    WatchedDriver(GuestDriver driver) {
        this.driver = driver;
    }

    /** What the last guest was made from. */
    synchronized GuestSpec last() {
        GuestSpec spec = last;
        if (spec == null) {
            throw new IllegalStateException("no guest was started");
        }
        return spec;
    }

    /** When the last start was asked for, by {@link System#nanoTime}. */
    synchronized long startFrom() {
        return startFrom;
    }

    /** When it returned. */
    synchronized long startedAt() {
        return startedAt;
    }

    /** When its guest said that SSH was up. */
    synchronized long readyAt() {
        return readyAt;
    }

    @Override
    public String name() {
        return driver.name();
    }

    @Override
    public String description() {
        return driver.description();
    }

    @Override
    public void forget() throws IOException {
        driver.forget();
    }

    @Override
    public List<Requirement> requirements() {
        return driver.requirements();
    }

    @Override
    public void setUp() throws FarmFailed, InterruptedException {
        driver.setUp();
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        begin(spec);
        Guest guest = driver.start(spec);
        started();
        return new WatchedGuest(guest);
    }

    @Override
    public Optional<Templating> templating() {
        return driver.templating().map(WatchedTemplating::new);
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        return driver.find(folder);
    }

    private synchronized void begin(GuestSpec spec) {
        last = spec;
        startFrom = System.nanoTime();
    }

    private synchronized void started() {
        startedAt = System.nanoTime();
    }

    private synchronized void ready() {
        readyAt = System.nanoTime();
    }

    private final class WatchedTemplating implements Templating {

        private final Templating templating;

        WatchedTemplating(Templating templating) {
            this.templating = templating;
        }

        @Override
        public String description() {
            return templating.description();
        }

        @Override
        public Guest resume(GuestSpec spec, FirstBoot first) throws NotResumed, InterruptedException {
            begin(spec);
            Guest guest = templating.resume(spec, first);
            started();
            return new WatchedGuest(guest);
        }

        @Override
        public void distrust(GuestSpec spec, String why) throws InterruptedException {
            templating.distrust(spec, why);
        }

        @Override
        public void cleanUp() throws IOException {
            templating.cleanUp();
        }
    }

    private final class WatchedGuest implements Guest {

        private final Guest guest;

        WatchedGuest(Guest guest) {
            this.guest = guest;
        }

        @Override
        public Path sshSocket() {
            return guest.sshSocket();
        }

        @Override
        public Path console() {
            return guest.console();
        }

        @Override
        public long consoleCutAt() {
            return guest.consoleCutAt();
        }

        @Override
        public String diskCut() {
            return guest.diskCut();
        }

        @Override
        public String exhausted() {
            return guest.exhausted();
        }

        @Override
        public void awaitReadyHint(Duration limit) throws InterruptedException {
            guest.awaitReadyHint(limit);
            ready();
        }

        @Override
        public Optional<HostProcess> process() {
            return guest.process();
        }

        @Override
        public boolean isAlive() {
            return guest.isAlive();
        }

        @Override
        public SortedMap<String, String> provenance() {
            return guest.provenance();
        }

        @Override
        public void close() {
            guest.close();
        }
    }
}
