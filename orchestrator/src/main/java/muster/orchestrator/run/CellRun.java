package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import muster.images.BaseImage;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.matrix.Cell;
import muster.orchestrator.matrix.Demand;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Ending;
import muster.reports.Step;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of one cell, from clone to stored verdicts, in one guest or in one for each of its shards. Whoever begins
 * looks for records first, in the attempt's folder or in the guests, and takes up what it finds, so that taking up an
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
    private boolean lasting;
    private final AtomicReference<@Nullable String> cancelledFor;
    private boolean left;
    private int retries;

    /**
     * @param need what its guest takes of the host
     */
    public CellRun(Farm farm, Cell cell, Attempt attempt, Capacity.Need need) throws IOException {
        this(farm, cell, attempt, need, new AtomicReference<>());
    }

    private CellRun(
            Farm farm, Cell cell, Attempt attempt, Capacity.Need need, AtomicReference<@Nullable String> cancelledFor)
            throws IOException {
        this.cancelledFor = cancelledFor;
        this.farm = farm;
        this.cell = cell;
        this.attempt = attempt;
        this.need = need;
        this.folder = farm.home().attempt(attempt.id());
        this.earlier = Earlier.read(folder);
        this.retries = earlier.retries();
    }

    /** Has an attempt that has not begun to boot use this very image. */
    public static void bootsImage(Path attemptFolder, String image) throws IOException {
        Files.createDirectories(attemptFolder);
        AttemptRecord.ofImage(image).write(attemptFolder);
    }

    /** Runs to the end, which is stored and shown, whatever it is; empty when the attempt was replaced meanwhile. */
    public Optional<Ending> run() {
        List<Part.Ended> ended;
        if (cell.shards() > 1) {
            ShardedRun sharded = new ShardedRun(farm, cell, attempt, need, folder);
            ended = sharded.end();
            retries = Math.max(retries, sharded.retries());
        } else {
            Whole whole = new Whole();
            GuestRun guest = new GuestRun(farm, cell, attempt, need, whole);
            ended = List.of(new Part.Ended(Part.WHOLE, folder, guest.end()));
            left = guest.isLeft();
        }
        ended = ended.stream().map(this::withReason).toList();
        lasting = ended.stream().anyMatch(part -> part.end() instanceof CellEnd.Refused refused && refused.lasting());
        return farm.results().store(cell, attempt, folder, ended, this::keepGuest);
    }

    /** What is shown as the reason when it, or what stands in for it, is cancelled; the first one given holds. */
    public void cancelledFor(String why) {
        cancelledFor.compareAndSet(null, why);
    }

    private Part.Ended withReason(Part.Ended ended) {
        String why = cancelledFor.get();
        return why != null && ended.end() instanceof CellEnd.Cancelled
                ? new Part.Ended(ended.role(), ended.folder(), new CellEnd.Cancelled(why))
                : ended;
    }

    /** Whether trying again would change nothing. */
    public boolean isLasting() {
        return lasting;
    }

    /** How many retries of the cell there were with this one, or of one of its shards. */
    public int retries() {
        return retries;
    }

    /** How many the matrix allows. */
    public int retriesAllowed() {
        return cell.limits().retries();
    }

    /** Begins the attempt that is to stand in for this one, which the farm has failed; it is let in as it is declared. */
    public CellRun again(Ending ended) throws IOException {
        Attempt next = farm.results()
                .store()
                .begin(attempt.run(), key(), Attempt.Kind.RETRY, farm.clock().instant());
        Earlier all = earlier.and(ended);
        all.write(farm.home().attempt(next.id()));
        farm.board().again(next, all.told());
        return new CellRun(farm, cell, next, need.taking(Demand.declared(cell)), cancelledFor);
    }

    /** Whether the guest that was left running is kept, and with it the attempt's folder. */
    private boolean keepGuest(Optional<Ending> ending) {
        if (cell.shards() > 1) {
            return ShardedRun.keepsGuests(folder);
        }
        if (!left) {
            return false;
        }
        try {
            boolean kept = farm.kept()
                    .decide(cell, attempt, null, ending.map(Ending::outcome).orElse(null), need.memoryBytes());
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

    /** All of the attempt, in one guest. */
    private final class Whole implements Part {

        @Override
        public String role() {
            return WHOLE;
        }

        @Override
        public String label() {
            return key().toString();
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public BaseImage image() throws FarmFailed, IOException, InterruptedException {
            return attempt.kind().standsForCell()
                    ? farm.images().of(cell, folder, this::detail)
                    : farm.images().same(folder);
        }

        @Override
        public void start(SuiteRunner runner) throws SuiteRefused, IOException, InterruptedException {
            Manifests.ask(runner, cell, attempt.id(), folder);
            String one = cell.onlyCase();
            if (one == null) {
                runner.start(attempt.id(), cell.suite(), cell.variant());
            } else {
                runner.startCase(attempt.id(), cell.suite(), cell.variant(), one);
            }
        }

        @Override
        public boolean leaves(CellEnd end) {
            return farm.kept().isWanted(attempt) && attempt.kind() != Attempt.Kind.CONFIRM;
        }

        @Override
        public void step(Step step, Instant at) {
            farm.results().store().step(attempt, step, at);
            farm.board().step(attempt, step, step == Step.CLONING ? cloned().orElse(at) : at);
        }

        /** When its guest was cloned, where an earlier process did that: since then it takes its time. */
        private Optional<Instant> cloned() {
            try {
                return Optional.ofNullable(AttemptRecord.read(folder).bootedFrom());
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot tell when the guest of " + key() + " was cloned", unreadable);
            }
        }

        @Override
        public void detail(String words) {
            farm.board().detail(attempt, words);
        }

        @Override
        public void finding(String words) {
            farm.board().finding(attempt, words);
        }

        @Override
        public void counts(Counts counts) {
            farm.board().counts(attempt, counts);
        }
    }

    /** The attempt that this is. */
    public Attempt id() {
        return attempt;
    }

    /** What each of its guests takes of the host. */
    public Capacity.Need need() {
        return need;
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
