package muster.orchestrator.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose guests are SSH servers in this process and do as they are told. What a guest keeps on its disk lies in
 * {@link #disk} of its folder, so that guests do not meet.
 */
public final class FakeDriver implements GuestDriver, Movable {

    public static final String NAME = "fake";

    /** How a guest comes up. */
    public enum Boot {
        READY,
        NEVER,
        PANICS,
        ANSWERS_WITH_ANOTHER_HOST_KEY,
        CANNOT_START
    }

    private final Map<Path, FakeGuest> guests = new LinkedHashMap<>();
    private boolean gone;
    private final Deque<Boot> boots = new ArrayDeque<>(List.of(Boot.READY));
    private int started;
    private long mostMemory;
    private String refusal = "";
    private List<Requirement> requirements = List.of();
    private @Nullable FakeTemplates templates;
    private int forgotten;
    private int setUps;

    /** The guests to come, in order; those after the last come up as the last. */
    public synchronized void boots(Boot... script) {
        boots.clear();
        boots.addAll(List.of(script));
    }

    /** Where a guest's files are. */
    public static Path disk(Path guestFolder) {
        return guestFolder.resolve("disk");
    }

    /** How many guests were started. */
    public synchronized int started() {
        return started;
    }

    /** The most memory that guests had at once, in bytes. */
    public synchronized long mostMemory() {
        return mostMemory;
    }

    public synchronized List<FakeGuest> running() {
        return guests.values().stream().filter(FakeGuest::isAlive).toList();
    }

    /** The next orchestrator's driver. Whatever this one's is still told to do, its guests run on. */
    public synchronized FakeDriver successor() {
        gone = true;
        FakeDriver next = new FakeDriver();
        next.started = started;
        next.guests.putAll(guests);
        running().forEach(guest -> guest.abandoned(true));
        return next;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** From now on it cannot be set up, for this reason. */
    public synchronized void cannotBeSetUp(String why) {
        refusal = why;
    }

    /** From now on it says that it needs these programs. */
    public synchronized void requires(Requirement... programs) {
        requirements = List.of(programs);
    }

    @Override
    public synchronized List<Requirement> requirements() {
        return requirements;
    }

    @Override
    public synchronized void setUp() throws FarmFailed {
        setUps++;
        if (!refusal.isEmpty()) {
            throw new FarmFailed(refusal);
        }
    }

    /** From now on it resumes guests too. */
    public synchronized FakeTemplates withTemplates() {
        FakeTemplates made = new FakeTemplates(this);
        templates = made;
        return made;
    }

    @Override
    public synchronized Optional<Templating> templating() {
        return Optional.ofNullable(templates);
    }

    /** How often it was forgotten, and set up, in this order. */
    public synchronized List<Integer> forgottenAndSetUp() {
        return List.of(forgotten, setUps);
    }

    @Override
    public synchronized void forget() {
        forgotten++;
    }

    @Override
    public String description() {
        return "SSH servers in this process";
    }

    @Override
    public synchronized Guest start(GuestSpec spec) throws FarmFailed {
        Boot boot = boots.size() > 1 ? boots.removeFirst() : boots.getFirst();
        if (boot == Boot.CANNOT_START) {
            throw new FarmFailed("cannot start a guest for " + spec.label() + ": it is told so");
        }
        try {
            FakeGuest guest = new FakeGuest(spec, boot);
            guests.put(spec.folder(), guest);
            started++;
            mostMemory = Math.max(
                    mostMemory,
                    running().stream().mapToLong(FakeGuest::memoryBytes).sum());
            return guest;
        } catch (Exception e) {
            throw new FarmFailed("cannot start a guest for " + spec.label() + ": " + e, e);
        }
    }

    @Override
    public synchronized Guest move(Path from, Path to, String label, Map<String, String> facts) throws IOException {
        FakeGuest guest = Optional.ofNullable(guests.remove(from)).orElseThrow();
        Files.move(from, to);
        guest.moved(to, label, facts);
        guests.put(to, guest);
        return guest;
    }

    @Override
    public synchronized Optional<Guest> find(Path folder) {
        Optional<FakeGuest> found = Optional.ofNullable(guests.get(folder)).filter(guest -> guest.isAlive() && !gone);
        found.ifPresent(guest -> guest.abandoned(false));
        return found.map(Guest.class::cast);
    }
}
