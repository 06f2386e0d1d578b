package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import muster.images.BaseImage;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.Movable;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.Templating;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Network;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How guests come up: started, or found again, and answering over SSH with the identity that they were given. */
public final class Boots {

    private static final Logger LOG = LoggerFactory.getLogger(Boots.class);

    /** A guest that does not become ready gets one more chance with a fresh clone. */
    private static final int TRIES = 2;

    private static final int CONSOLE_LINES = 20;
    private static final String GUEST = "guest";
    private static final Duration NONCE_LIMIT = Duration.ofSeconds(60);

    /** It takes two seconds; a busy host takes its time. */
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(90);

    private final Map<String, GuestDriver> drivers;
    private final FarmKey key;
    private final Capacity capacity;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BrokenImages broken = new BrokenImages();
    private final WarmPool pool;

    /** With none booted ahead. */
    public Boots(Map<String, GuestDriver> drivers, FarmKey key, Capacity capacity, Clock clock) {
        this(drivers, key, capacity, clock, new WarmPool(WarmPool.Rules.NONE, drivers, capacity, Path.of(""), clock));
    }

    /**
     * @param pool guests that were booted ahead
     */
    public Boots(Map<String, GuestDriver> drivers, FarmKey key, Capacity capacity, Clock clock, WarmPool pool) {
        this.pool = pool;
        this.drivers = drivers;
        this.key = key;
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * What is to be booted.
     *
     * @param label shown in messages: a cell's key, or what else it is for
     * @param driver the driver's name
     * @param image what it boots
     * @param disk the image's own disk, or a copy of it that may be written
     * @param writeThrough whether {@code disk} itself is to be changed
     * @param shape memory and processors
     * @param limit from clone to the first SSH command
     * @param folder where the attempt keeps its things; the guest's own folder is {@code guest} below it
     * @param watch how the guest's console is watched
     */
    public record Order(
            String label,
            String driver,
            BaseImage image,
            Path disk,
            boolean writeThrough,
            Cell.Shape shape,
            Duration limit,
            Path folder,
            ConsoleWatch.Instructions watch) {

        /** For a guest in which no cell runs. */
        public Order(
                String label,
                String driver,
                BaseImage image,
                Path disk,
                boolean writeThrough,
                Cell.Shape shape,
                Duration limit,
                Path folder) {
            this(label, driver, image, disk, writeThrough, shape, limit, folder, ConsoleWatch.Instructions.NONE);
        }

        /** For any such guest, in a folder of its own. */
        Order ahead(Path ownFolder) {
            return new Order("a guest booted ahead", driver, image, disk, false, shape, limit, ownFolder);
        }

        Path guestFolder() {
            return Boots.guestFolder(folder);
        }
    }

    /** The guest's own folder in an attempt's. */
    static Path guestFolder(Path attemptFolder) {
        return attemptFolder.resolve(GUEST);
    }

    /** Takes up the guest that runs in the order's folder already, or starts one. */
    public Booted boot(Order order) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        AttemptRecord record = AttemptRecord.read(order.folder());
        Optional<Booted> running = takeUp(order, record);
        if (running.isPresent()) {
            return running.get();
        }
        if (record.suiteFrom() != null) {
            throw new GuestEnded(ConsoleWatch.panicOf(Transcript.CONSOLE.file(order.folder()))
                    .orElse(new CellEnd.Lost("cannot take up " + order.label()
                            + ": its guest ended while no orchestrator watched it; it was cleaned up")));
        }
        Optional<Booted> claimed = claim(order);
        if (claimed.isPresent()) {
            return claimed.get();
        }
        try (Capacity.Place _ = capacity.boot()) {
            while (true) {
                broken.refuse(order);
                try {
                    return start(order);
                } catch (NotReady notReady) {
                    if (AttemptRecord.read(order.folder()).tries() >= TRIES) {
                        throw new GuestEnded(broken.judge(order, notReady.end, driver(order)));
                    }
                }
            }
        }
    }

    /** Has guests booted ahead from now on. */
    public void bootAhead(Images images) {
        pool.begin(new WarmPool.Work() {
            @Override
            public Booted boot(Order order) throws FarmFailed, NotReady, IOException, InterruptedException {
                return start(order);
            }

            @Override
            public void use(Order order) throws FarmFailed, InterruptedException {
                images.clone(order.image(), order.folder());
            }
        });
    }

    /** Says that this will be wanted as soon as its attempt is let in; close it once it was had. */
    Wish wish(Order order, Capacity.Need need) {
        return pool.wish(order, need);
    }

    /** Says which guests will be wanted soon, all of them: they are booted ahead where that costs nobody anything. */
    public void foresee(List<WarmPool.Foreseen> all) {
        pool.foresee(all);
    }

    /** How many guests that were booted ahead are ready. */
    public long readyAhead() {
        return pool.ready();
    }

    /** Ends the guest that runs in an attempt's folder, if there is one that nobody holds. */
    public void end(String driver, Path attemptFolder) {
        GuestDriver known = drivers.get(driver);
        if (known == null) {
            return;
        }
        try {
            known.find(guestFolder(attemptFolder)).ifPresent(Guest::close);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "cannot end the guest in " + attemptFolder + ": the next run of this home tries again", unreadable);
        }
    }

    private Optional<Booted> takeUp(Order order, AttemptRecord record)
            throws FarmFailed, GuestEnded, IOException, InterruptedException {
        Seed seed = record.seed();
        Instant from = record.bootedFrom();
        if (seed == null || from == null) {
            return Optional.empty();
        }
        Optional<Guest> guest = driver(order).find(order.guestFolder());
        if (guest.isEmpty()) {
            return Optional.empty();
        }
        // A suite under way is worth a patient look, whatever time passed while nobody watched.
        Instant until = record.suiteFrom() == null
                ? from.plus(order.limit())
                : clock.instant().plus(order.limit());
        try {
            return Optional.of(connect(order, guest.get(), seed, until));
        } catch (NotReady notReady) {
            if (record.suiteFrom() != null) {
                throw new GuestEnded(notReady.end);
            }
            return Optional.empty();
        }
    }

    private Booted start(Order order) throws FarmFailed, NotReady, IOException, InterruptedException {
        Optional<Templating> templating = driver(order).templating();
        if (templating.isEmpty()) {
            return boot(order, null);
        }
        if (order.shape().strict()) {
            return boot(order, "the matrix is strict");
        }
        if (order.shape().network() != Network.NONE) {
            return boot(order, "its template reaches nothing");
        }
        try {
            return resume(order, templating.get());
        } catch (NotResumed cold) {
            LOG.info("{} boots: {}", order.label(), cold.why());
            return boot(order, cold.why());
        }
    }

    private Booted boot(Order order, @Nullable String whyCold)
            throws FarmFailed, NotReady, IOException, InterruptedException {
        GuestSpec spec = spec(order);
        Instant from = clock.instant();
        AttemptRecord.read(order.folder())
                .booting(order.image().name(), spec.seed(), from, whyCold)
                .write(order.folder());
        Guest guest = driver(order).start(spec);
        return connect(order, guest, spec.seed(), from.plus(order.limit()));
    }

    private Booted resume(Order order, Templating templating) throws NotResumed, IOException, InterruptedException {
        GuestSpec spec = spec(order);
        AttemptRecord.read(order.folder())
                .resuming(order.image().name(), spec.seed(), clock.instant())
                .write(order.folder());
        Guest guest =
                templating.resume(spec, new TemplateBoot(key, key.newSeed("template", nonce()), order.limit(), clock));
        try {
            return connect(order, guest, spec.seed(), clock.instant().plus(RESUME_LIMIT));
        } catch (NotReady notReady) {
            if (Thread.interrupted()) {
                throw new InterruptedException(notReady.toString());
            }
            templating.distrust(spec, notReady.toString());
            throw new NotResumed("it did not answer when it was resumed: " + notReady.getMessage());
        }
    }

    /** With an identity of its own, in an empty folder. */
    private GuestSpec spec(Order order) throws IOException {
        Folders.delete(order.guestFolder());
        Files.createDirectories(order.guestFolder());
        FindingRecord.forget(order.folder());
        GuestMeter.forget(order.folder());
        return new GuestSpec(
                order.label(),
                order.image(),
                order.writeThrough(),
                order.disk(),
                order.guestFolder(),
                order.shape().memoryBytes(),
                order.shape().cpus(),
                key.newSeed("guest", nonce()),
                order.shape().network() != Network.NONE,
                order.shape().network() == Network.INTERNET);
    }

    private Optional<Booted> claim(Order order) throws IOException, InterruptedException {
        Optional<GuestAhead> ahead = pool.claim(order);
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        AttemptRecord before = AttemptRecord.read(order.folder());
        boolean claimed = false;
        try {
            Booted booted = takeOver(order, ahead.get(), before);
            claimed = true;
            return Optional.of(booted);
        } catch (IOException | FarmFailed unusable) {
            LOG.warn("cannot use the guest that was booted ahead for {}; booting another", order.label(), unusable);
            return Optional.empty();
        } finally {
            if (!claimed) {
                ahead.get().booted().close();
                end(order.driver(), order.folder());
                before.write(order.folder());
            }
            Folders.delete(ahead.get().folder());
        }
    }

    /** From here on it is the attempt's: its record says so before its folder moves, so that it is never nobody's. */
    private Booted takeOver(Order order, GuestAhead ahead, AttemptRecord before)
            throws FarmFailed, IOException, InterruptedException {
        if (!(driver(order) instanceof Movable movable)) {
            throw new FarmFailed("cannot move a guest of " + order.driver());
        }
        Seed seed = Objects.requireNonNull(AttemptRecord.read(ahead.folder()).seed());
        Map<String, String> facts =
                Map.of("guest.pooled", Long.toString(ahead.age().toSeconds()));
        Booted booted = ahead.booted();
        booted.watch().close();
        Folders.delete(order.guestFolder());
        Files.createDirectories(order.folder());
        FindingRecord.forget(order.folder());
        GuestMeter.forget(order.folder());
        before.booting(order.image().name(), seed, clock.instant(), null).write(order.folder());
        Guest guest = movable.move(guestFolder(ahead.folder()), order.guestFolder(), order.label(), facts);
        SshShell shell = booted.shell();
        shell.moved(guest);
        return answering(
                order, guest, seed, shell, new ConsoleWatch(guest, order.watch(), order.folder(), clock, shell::close));
    }

    private Booted connect(Order order, Guest guest, Seed seed, Instant until)
            throws NotReady, IOException, InterruptedException {
        boolean ready = false;
        SshShell shell = null;
        // Until there is a shell to close, a panic ends what hangs on the guest by ending the guest.
        ConsoleWatch watch = new ConsoleWatch(guest, order.watch(), order.folder(), clock, guest::close);
        try {
            shell = SshShell.connect(guest, seed, key, until, clock);
            Booted booted = answering(order, guest, seed, shell, watch);
            ready = true;
            return booted;
        } catch (IOException failed) {
            throw new NotReady(end(order, guest, failed));
        } finally {
            if (!ready) {
                watch.close();
                if (shell != null) {
                    shell.close();
                }
                GuestCuts.record(guest, order.folder());
                guest.close();
            }
        }
    }

    /** A guest that is not the one that was started is no guest. */
    static void checkNonce(SshShell shell, Seed seed) throws IOException, InterruptedException {
        String nonce = shell.run("cat /run/muster/nonce", NONCE_LIMIT).output().strip();
        if (!nonce.equals(seed.nonce())) {
            throw new IOException("the guest that answers is not the one that was started");
        }
    }

    private Booted answering(Order order, Guest guest, Seed seed, SshShell shell, ConsoleWatch watch)
            throws IOException, InterruptedException {
        checkNonce(shell, seed);
        new Entrance(guest.sshSocket().toString(), seed.hostKeyPublic()).write(order.folder());
        watch.whenPanicked(shell::close);
        broken.booted(order);
        return new Booted(guest, shell, watch, order.folder());
    }

    private static CellEnd end(Order order, Guest guest, IOException failed) throws IOException {
        Optional<CellEnd> panic = ConsoleWatch.panicOf(guest.console());
        return panic.orElse(new CellEnd.BootFailed("cannot boot %s: no SSH within %s (%s); its console ends:%n%s"
                .formatted(
                        order.label(),
                        order.limit(),
                        failed.getMessage(),
                        ConsoleWatch.tail(guest.console(), CONSOLE_LINES))));
    }

    private GuestDriver driver(Order order) throws FarmFailed {
        GuestDriver driver = drivers.get(order.driver());
        if (driver == null) {
            throw new FarmFailed("cannot boot " + order.label() + ": no driver '" + order.driver() + "' here, only "
                    + drivers.keySet());
        }
        return driver;
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The guest did not become ready; another one may. */
    private static final class NotReady extends Exception {
        private final transient CellEnd end;

        NotReady(CellEnd end) {
            super(end.toString());
            this.end = end;
        }
    }
}
