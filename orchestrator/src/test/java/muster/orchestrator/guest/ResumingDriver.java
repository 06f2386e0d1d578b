package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A driver whose clones are resumed from templates wherever that can be, so that what holds for guests is seen to hold for these. */
public final class ResumingDriver implements GuestDriver {

    private static final Logger LOG = LoggerFactory.getLogger(ResumingDriver.class);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final GuestDriver driver;
    private final Path keys;

    /**
     * @param keys where the key lies with which templates are entered
     */
    public ResumingDriver(GuestDriver driver, Path keys) {
        this.driver = driver;
        this.keys = keys;
    }

    @Override
    public Guest start(GuestSpec spec) throws FarmFailed, InterruptedException {
        try {
            return driver.templating().orElseThrow().resume(spec, new FirstBoot(FarmKey.open(keys)));
        } catch (NotResumed cold) {
            LOG.info("{} boots: {}", spec.label(), cold.why());
            return driver.start(spec);
        } catch (IOException e) {
            throw new FarmFailed("cannot open " + keys, e);
        }
    }

    private record FirstBoot(FarmKey key, Seed seed) implements Templating.FirstBoot {
        FirstBoot(FarmKey key) {
            this(key, key.newSeed("template", "template-nonce"));
        }

        @Override
        public void await(Guest guest) throws IOException, InterruptedException {
            Clock clock = Clock.systemUTC();
            SshShell.connect(guest, seed, key, clock.instant().plus(LIMIT), clock)
                    .close();
        }
    }

    @Override
    public String name() {
        return driver.name();
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
    public void forget() throws IOException {
        driver.forget();
    }

    @Override
    public String description() {
        return driver.description();
    }

    @Override
    public Optional<Templating> templating() {
        return driver.templating();
    }

    @Override
    public Optional<Guest> find(Path folder) throws IOException {
        return driver.find(folder);
    }
}
