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
import java.util.Map;
import java.util.Optional;
import muster.images.BaseImage;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.guest.GuestSpec;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.ssh.SshShell;

/** How guests come up: started, or found again, and answering over SSH with the identity that they were given. */
public final class Boots {

    /** A guest that does not become ready gets one more chance with a fresh clone. */
    private static final int TRIES = 2;

    private static final int CONSOLE_LINES = 20;
    private static final String GUEST = "guest";
    private static final Duration NONCE_LIMIT = Duration.ofSeconds(60);

    private final Map<String, GuestDriver> drivers;
    private final FarmKey key;
    private final Capacity capacity;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BrokenImages broken = new BrokenImages();

    public Boots(Map<String, GuestDriver> drivers, FarmKey key, Capacity capacity, Clock clock) {
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
        Folders.delete(order.guestFolder());
        Files.createDirectories(order.guestFolder());
        FindingRecord.forget(order.folder());
        GuestMeter.forget(order.folder());
        Seed seed = key.newSeed("guest", nonce());
        Instant from = clock.instant();
        AttemptRecord.read(order.folder())
                .booting(order.image().name(), seed, from)
                .write(order.folder());
        Guest guest = driver(order)
                .start(new GuestSpec(
                        order.label(),
                        order.image(),
                        order.writeThrough(),
                        order.disk(),
                        order.guestFolder(),
                        order.shape().memoryBytes(),
                        order.shape().cpus(),
                        seed));
        return connect(order, guest, seed, from.plus(order.limit()));
    }

    private Booted connect(Order order, Guest guest, Seed seed, Instant until)
            throws NotReady, IOException, InterruptedException {
        boolean ready = false;
        SshShell shell = null;
        // Until there is a shell to close, a panic ends what hangs on the guest by ending the guest.
        ConsoleWatch watch = new ConsoleWatch(guest, order.watch(), order.folder(), clock, guest::close);
        try {
            shell = SshShell.connect(guest, seed, key, until, clock);
            String nonce =
                    shell.run("cat /run/muster/nonce", NONCE_LIMIT).output().strip();
            if (!nonce.equals(seed.nonce())) {
                throw new IOException("the guest of " + order.label() + " is not the one that was started");
            }
            new Entrance(guest.sshSocket().toString(), seed.hostKeyPublic()).write(order.folder());
            watch.whenPanicked(shell::close);
            broken.booted(order);
            ready = true;
            return new Booted(guest, shell, watch, order.folder());
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
