package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.images.BaseImage;
import muster.images.DiskClone;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.ResultStore;
import muster.reports.Step;
import muster.testsuites.Collected;
import muster.testsuites.Subject;
import muster.testsuites.SuiteEnding;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;
import muster.testsuites.format.ResultFormats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of one cell, from clone to stored verdicts: read {@link #attempt()} from top to bottom. Every step first
 * looks for its own record, in the attempt's folder or in the guest, and takes up what it finds, so that taking up an
 * attempt after a crash is the same code from the top.
 */
public final class CellRun {

    private static final Logger LOG = LoggerFactory.getLogger(CellRun.class);

    private final Farm farm;
    private final Cell cell;
    private final Attempt attempt;
    private final Capacity.Need need;
    private final Path folder;
    private final Earlier earlier;
    private volatile Step at = Step.QUEUED;
    private boolean lasting;
    private boolean left;

    /**
     * @param need what its guest takes of the host
     */
    public CellRun(Farm farm, Cell cell, Attempt attempt, Capacity.Need need) throws IOException {
        this.farm = farm;
        this.cell = cell;
        this.attempt = attempt;
        this.need = need;
        this.folder = farm.home().attempt(attempt.id());
        this.earlier = Earlier.read(folder);
    }

    /** Has an attempt that has not begun to boot use this very image. */
    public static void bootsImage(Path attemptFolder, String image) throws IOException {
        Files.createDirectories(attemptFolder);
        AttemptRecord.ofImage(image).write(attemptFolder);
    }

    /** Runs to the end, which is stored and shown, whatever it is; empty when the attempt was replaced meanwhile. */
    public Optional<Ending> run() {
        CellEnd end = end();
        // An interrupt also shows as the failure of the file that was being read; nothing of it may meet what follows.
        boolean interrupted = Thread.interrupted();
        if (!(end instanceof CellEnd.Ran)) {
            end = interrupted ? new CellEnd.Cancelled() : end;
            if (!left) {
                farm.boots().end(key().driver(), folder);
            }
        }
        lasting = end instanceof CellEnd.Refused refused && refused.lasting();
        return farm.results().store(cell, attempt, folder, end, this::keepGuest);
    }

    /** Whether trying again would change nothing. */
    public boolean isLasting() {
        return lasting;
    }

    /** How many retries of the cell there were with this one. */
    public int retries() {
        return earlier.retries();
    }

    /** How many the matrix allows. */
    public int retriesAllowed() {
        return cell.limits().retries();
    }

    /** Begins the attempt that is to stand in for this one, which the farm has failed. */
    public CellRun again(Ending ended) throws IOException {
        Attempt next = farm.results()
                .store()
                .begin(attempt.run(), key(), Attempt.Kind.RETRY, farm.clock().instant());
        Earlier all = earlier.and(ended);
        all.write(farm.home().attempt(next.id()));
        farm.board().again(next, all.told());
        return new CellRun(farm, cell, next, need);
    }

    private CellEnd end() {
        try {
            Files.createDirectories(folder);
            return attempt();
        } catch (GuestEnded ended) {
            return ended.end();
        } catch (FarmFailed | SuiteRefused refused) {
            return new CellEnd.Refused(
                    String.valueOf(refused.getMessage()), refused instanceof FarmFailed failed && failed.isLasting());
        } catch (IOException | ResultStore.Fenced broken) {
            return new CellEnd.Lost("cannot go on with " + key() + ": " + broken.getMessage());
        } catch (InterruptedException cancelled) {
            return new CellEnd.Cancelled();
        }
    }

    private CellEnd attempt() throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        BaseImage image = attempt.kind().standsForCell()
                ? farm.images().of(cell, folder, detail -> farm.board().detail(attempt, detail))
                : farm.images().same(folder);
        try (Capacity.Place _ = enter();
                DiskClone _ = step(Step.CLONING, () -> farm.images().clone(image, folder));
                Booted guest = step(Step.BOOTING, () -> boot(image))) {
            CellEnd end = inGuest(guest);
            if (farm.kept().isWanted() && attempt.kind() != Attempt.Kind.CONFIRM) {
                guest.leave();
                left = true;
            }
            return end;
        }
    }

    /** Whether the guest that was left running is kept, and with it the attempt's folder. */
    private boolean keepGuest(Optional<Ending> ending) {
        if (!left) {
            return false;
        }
        try {
            boolean kept = farm.kept()
                    .decide(cell, attempt, ending.map(Ending::outcome).orElse(null), need.memoryBytes());
            if (kept) {
                farm.images().markUsed(folder);
            }
            return kept;
        } catch (IOException | FarmFailed broken) {
            LOG.warn("cannot keep the guest of {}", key(), broken);
            farm.boots().end(key().driver(), folder);
            return false;
        }
    }

    private CellEnd inGuest(Booted guest) throws FarmFailed, SuiteRefused, GuestEnded, InterruptedException {
        try {
            SuiteRunner suite = step(Step.PREPARING, () -> start(guest));
            SuiteEnding ending = step(Step.RUNNING, () -> follow(suite));
            return step(Step.COLLECTING, () -> collect(guest, suite, ending));
        } catch (IOException cut) {
            return guest.watch().end(key().toString(), cut);
        }
    }

    private Capacity.Place enter() throws IOException, InterruptedException {
        if (AttemptRecord.read(folder).bootedFrom() != null) {
            return farm.capacity().enterRunning(need);
        }
        return farm.capacity()
                .enter(
                        need,
                        () -> farm.board()
                                .detail(
                                        attempt,
                                        need.alone()
                                                ? "waiting until no other guest is at work"
                                                : "waiting for memory and processors"));
    }

    private Booted boot(BaseImage image) throws FarmFailed, GuestEnded, IOException, InterruptedException {
        Booted guest = farm.boots()
                .boot(new Boots.Order(
                        key().toString(),
                        key().driver(),
                        image,
                        image.disk(),
                        false,
                        cell.guest(),
                        cell.limits().boot(),
                        folder,
                        new ConsoleWatch.Instructions(
                                cell.harmlessConsole(),
                                () -> at.word(),
                                found -> farm.board().finding(attempt, found))));
        Provenance.of(cell, image, guest.guest(), farm.facts())
                .with("image.note", farm.images().notes(key().distribution()))
                .write(folder);
        if (Pressure.kept(folder).isEmpty()) {
            Pressure.read(Results.PRESSURE, farm.clock().millis()).write(folder);
        }
        farm.results()
                .store()
                .guest(
                        attempt,
                        new GuestRecord(
                                "main",
                                key().driver(),
                                farm.facts().getOrDefault("host.name", "this host"),
                                image.name(),
                                AttemptRecord.read(folder).booted()));
        return guest;
    }

    private SuiteRunner start(Booted guest) throws SuiteRefused, IOException, InterruptedException {
        SuiteRunner runner = new SuiteRunner(guest.shell(), farm.clock(), farm.runnerSettings());
        Manifests.ask(runner, cell, attempt.id(), folder);
        String one = cell.onlyCase();
        if (one == null) {
            runner.start(attempt.id(), cell.suite(), cell.variant());
        } else {
            runner.startCase(attempt.id(), cell.suite(), cell.variant(), one);
        }
        AttemptRecord record = AttemptRecord.read(folder);
        if (record.suiteFrom() == null) {
            record.suiteStarted(farm.clock().instant()).write(folder);
        }
        return runner;
    }

    private SuiteEnding follow(SuiteRunner suite) throws IOException, InterruptedException {
        Path journal = Transcript.JOURNAL.file(folder);
        Instant startedAt = AttemptRecord.read(folder).suiteStarted();
        SuiteRunner.Limits limits =
                new SuiteRunner.Limits(cell.limits().suite(), cell.limits().silence());
        try (LiveCounts _ = new LiveCounts(
                ResultFormats.named(cell.suite().format()).orElseThrow(),
                journal,
                now -> farm.board().counts(attempt, now))) {
            return suite.follow(attempt.id(), journal, Transcript.LOG.file(folder), startedAt, limits);
        }
    }

    private CellEnd collect(Booted guest, SuiteRunner suite, SuiteEnding ending)
            throws IOException, InterruptedException {
        Collected collected = suite.collect(attempt.id(), folder.resolve(Results.ARTEFACTS));
        SortedMap<String, String> subjects = new TreeMap<>();
        for (Subject subject : collected.subjects()) {
            subjects.put("subject." + subject.name(), (subject.path() + " " + subject.version()).strip());
        }
        List<String> notes = new ArrayList<>(collected.notes());
        if (guest.guest().consoleCutAt() > 0) {
            notes.add("console cut after %d bytes".formatted(guest.guest().consoleCutAt()));
        }
        ending.cuts().forEach(cut -> notes.add("%s cut after %d bytes: %s".formatted(cut.file(), cut.at(), cut.why())));
        return new CellEnd.Ran(ending, subjects, notes);
    }

    private <T> T step(Step step, Work<T> work)
            throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException {
        Instant now = farm.clock().instant();
        at = step;
        farm.results().store().step(attempt, step, now);
        farm.board().step(attempt, step, now);
        return work.run();
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws FarmFailed, SuiteRefused, GuestEnded, IOException, InterruptedException;
    }

    /** The attempt that this is. */
    public Attempt id() {
        return attempt;
    }

    /** What it runs. */
    public Cell cell() {
        return cell;
    }

    /** Names the cell that it runs. */
    public CellKey key() {
        return attempt.cell();
    }

    @Override
    public String toString() {
        return attempt.run() + " " + key();
    }
}
