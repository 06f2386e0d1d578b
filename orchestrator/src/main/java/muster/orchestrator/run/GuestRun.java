package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.DiskClone;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.GuestRecord;
import muster.reports.ResultStore;
import muster.reports.Step;
import muster.testsuites.Collected;
import muster.testsuites.Subject;
import muster.testsuites.SuiteEnding;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;
import muster.testsuites.format.ResultFormats;

/**
 * One guest of an attempt, from its clone to what its suite left: read {@code run} from top to bottom. Every step first
 * looks for its own record, in the part's folder or in the guest, and takes up what it finds.
 */
final class GuestRun {

    private final Farm farm;
    private final Cell cell;
    private final Attempt attempt;
    private final Capacity.Need need;
    private final Part part;
    private volatile Step at = Step.QUEUED;
    private boolean left;

    /**
     * @param need what it takes of the host
     * @param part what it does
     */
    GuestRun(Farm farm, Cell cell, Attempt attempt, Capacity.Need need, Part part) {
        this.farm = farm;
        this.cell = cell;
        this.attempt = attempt;
        this.need = need;
        this.part = part;
    }

    /** Runs to the end, whatever it is; its guest has ended then, unless it was left. */
    CellEnd end() {
        CellEnd end = end(part.label(), this::run);
        // An interrupt also shows as the failure of the file that was being read; nothing of it may meet what follows.
        boolean interrupted = Thread.interrupted();
        if (!(end instanceof CellEnd.Ran)) {
            end = interrupted ? new CellEnd.Cancelled() : end;
            if (!left) {
                farm.boots().end(cell.key().driver(), part.folder());
            }
        }
        return end;
    }

    /** Whether its guest was left running. */
    boolean isLeft() {
        return left;
    }

    private CellEnd run() throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        Files.createDirectories(part.folder());
        SimulatedGuests simulated = farm.simulated();
        if (simulated != null) {
            try (Capacity.Place _ = enter()) {
                return simulated.live(farm, cell, attempt, part.folder(), part::step);
            }
        }
        BaseImage image = part.image();
        Boots.Order order = order(image);
        try (Wish _ = farm.boots().wish(order, need);
                Capacity.Place _ = enter();
                DiskClone _ = step(Step.CLONING, () -> farm.images().clone(image, part.folder()));
                Booted guest = step(Step.BOOTING, () -> boot(order))) {
            CellEnd end = measured(guest);
            if (part.leaves(end)) {
                guest.leave();
                left = true;
            }
            return end;
        }
    }

    private CellEnd measured(Booted guest)
            throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        try (GuestMeter meter = new GuestMeter(guest.guest(), part.folder(), farm.clock())) {
            CellEnd end = inGuest(guest);
            meter.use(cell.guest()).ifPresent(use -> farm.results().store().used(attempt, part.role(), use));
            return end;
        }
    }

    private CellEnd inGuest(Booted guest) throws FarmFailed, SuiteRefused, GuestEnded, InterruptedException {
        try {
            SuiteRunner suite = step(Step.PREPARING, () -> start(guest));
            SuiteEnding ending = step(Step.RUNNING, () -> follow(suite));
            return step(Step.COLLECTING, () -> collect(suite, ending));
        } catch (IOException cut) {
            return guest.watch().end(part.label(), cut);
        }
    }

    private Capacity.Place enter() throws IOException, InterruptedException {
        if (AttemptRecord.read(part.folder()).bootedFrom() != null) {
            return farm.capacity().enterRunning(need);
        }
        return farm.capacity().enter(need, part::detail);
    }

    private Boots.Order order(BaseImage image) {
        return new Boots.Order(
                part.label(),
                cell.key().driver(),
                image,
                image.disk(),
                false,
                cell.guest(),
                cell.limits().boot(),
                part.folder(),
                new ConsoleWatch.Instructions(cell.harmlessConsole(), () -> at.word(), part::finding));
    }

    private Booted boot(Boots.Order order) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        BaseImage image = order.image();
        Booted guest = farm.boots().boot(order);
        Provenance.of(cell, image, guest.guest(), farm.facts())
                .with("image.note", farm.images().notes(cell.key().distribution()))
                .with(
                        "guest.cold",
                        Objects.requireNonNullElse(
                                AttemptRecord.read(part.folder()).cold(), ""))
                .write(part.folder());
        if (Pressure.kept(part.folder()).isEmpty()) {
            Pressure.read(Results.PRESSURE, farm.clock().millis()).write(part.folder());
        }
        farm.results()
                .store()
                .guest(
                        attempt,
                        new GuestRecord(
                                part.role(),
                                cell.key().driver(),
                                farm.facts().getOrDefault("host.name", "this host"),
                                image.name(),
                                AttemptRecord.read(part.folder()).booted()));
        return guest;
    }

    private SuiteRunner start(Booted guest) throws SuiteRefused, GuestEnded, IOException, InterruptedException {
        SuiteRunner runner = new SuiteRunner(
                guest.shell(), farm.clock(), farm.runnerSettings().apply(Boots.guestFolder(part.folder())));
        part.start(runner);
        AttemptRecord record = AttemptRecord.read(part.folder());
        if (record.suiteFrom() == null) {
            record.suiteStarted(farm.clock().instant()).write(part.folder());
        }
        return runner;
    }

    private SuiteEnding follow(SuiteRunner suite) throws IOException, InterruptedException {
        Path journal = Transcript.JOURNAL.file(part.folder());
        Instant startedAt = AttemptRecord.read(part.folder()).suiteStarted();
        SuiteRunner.Limits limits =
                new SuiteRunner.Limits(cell.limits().suite(), cell.limits().silence());
        try (LiveCounts _ =
                new LiveCounts(ResultFormats.named(cell.suite().format()).orElseThrow(), journal, part::counts)) {
            return suite.follow(attempt.id(), journal, Transcript.LOG.file(part.folder()), startedAt, limits);
        }
    }

    private CellEnd collect(SuiteRunner suite, SuiteEnding ending) throws IOException, InterruptedException {
        Collected collected = suite.collect(attempt.id(), part.folder().resolve(Results.ARTEFACTS));
        SortedMap<String, String> subjects = new TreeMap<>();
        for (Subject subject : collected.subjects()) {
            subjects.put("subject." + subject.name(), (subject.path() + " " + subject.version()).strip());
        }
        List<String> notes = new ArrayList<>(collected.notes());
        ending.cuts().forEach(cut -> notes.add("%s cut after %d bytes: %s".formatted(cut.file(), cut.at(), cut.why())));
        return new CellEnd.Ran(ending, subjects, notes);
    }

    private <T> T step(Step step, Work<T> work)
            throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        at = step;
        part.step(step, farm.clock().instant());
        return work.run();
    }

    /** What can be stopped by anything that ends an attempt. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException;
    }

    /** What work came to, or what has stopped it. */
    private static CellEnd end(String label, Work<CellEnd> work) {
        try {
            return work.run();
        } catch (GuestEnded ended) {
            return ended.end();
        } catch (FarmFailed | SuiteRefused refused) {
            return new CellEnd.Refused(
                    String.valueOf(refused.getMessage()), refused instanceof FarmFailed failed && failed.isLasting());
        } catch (ResultStore.Fenced replaced) {
            return new CellEnd.Refused("cannot go on with " + label + ": " + replaced.getMessage(), true);
        } catch (IOException broken) {
            return new CellEnd.Lost("cannot go on with " + label + ": " + broken.getMessage());
        } catch (InterruptedException cancelled) {
            return new CellEnd.Cancelled();
        }
    }
}
