package muster.orchestrator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import muster.images.BaseImage;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.log.LogContext;
import muster.orchestrator.matrix.Cell;
import muster.reports.Attempt;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.testsuites.Manifest;
import muster.testsuites.ResultFormat;
import muster.testsuites.SuiteEnding;
import muster.testsuites.SuiteRefused;
import muster.testsuites.SuiteRunner;
import muster.testsuites.format.ResultFormats;

/**
 * One attempt in several guests at once, each with its part of the cases: a guest run for every shard, of which each has
 * its own folder, place on the host, journal and end. One that the farm has failed is run again alone, as often as the
 * matrix allows the cell.
 */
final class ShardedRun {

    private final Farm farm;
    private final Cell cell;
    private final Attempt attempt;
    private final Capacity.Need need;
    private final Path folder;
    private final ShardsProgress progress;
    private final ReentrantLock settling = new ReentrantLock();
    private final List<Shard> shards;

    /**
     * @param need what one of its guests takes of the host
     * @param folder the attempt's
     */
    ShardedRun(Farm farm, Cell cell, Attempt attempt, Capacity.Need need, Path folder) {
        this.farm = farm;
        this.cell = cell;
        this.attempt = attempt;
        this.need = need;
        this.folder = folder;
        this.shards = IntStream.range(0, cell.shards()).mapToObj(Shard::new).toList();
        this.progress = new ShardsProgress(
                farm, attempt, shards.stream().map(Shard::role).toList());
    }

    /** Runs all shards to their ends, whatever these are. Whoever interrupts the caller cancels those that still run. */
    List<Part.Ended> end() {
        List<Future<Part.Ended>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shards.forEach(shard -> all.add(threads.submit(LogContext.carried(shard::end))));
        }
        // What interrupted the wait has reached the shards and shows in their ends.
        Thread.interrupted();
        return all.stream().map(ShardedRun::ended).toList();
    }

    private static Part.Ended ended(Future<Part.Ended> shard) {
        try {
            return shard.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a shard broke off", broken.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("a shard has not ended", impossible);
        }
    }

    /** How often one of its shards was run again, the most of all. */
    int retries() {
        return shards.stream().mapToInt(shard -> shard.retries).max().orElse(0);
    }

    /** Whether guests of an attempt that has ended are kept; only their shards are left in its folder then. */
    static boolean keepsGuests(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            boolean kept = false;
            for (Path each : inside.toList()) {
                if (Files.isDirectory(each) && Kept.read(each).isPresent()) {
                    kept = true;
                } else {
                    Folders.delete(each);
                }
            }
            return kept;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot clear " + folder, unreadable);
        }
    }

    private ResultFormat format() {
        return ResultFormats.named(cell.suite().format()).orElseThrow();
    }

    private BaseImage image() throws FarmFailed, IOException, InterruptedException {
        settling.lockInterruptibly();
        try {
            BaseImage image =
                    farm.images().of(cell, folder, words -> farm.board().detail(attempt, words));
            AttemptRecord.ofImage(image.name()).write(folder);
            return image;
        } finally {
            settling.unlock();
        }
    }

    /** Who runs what: as it was settled before, or of the cases that this guest tells. */
    private ShardPlan plan(SuiteRunner runner) throws SuiteRefused, IOException, InterruptedException {
        settling.lockInterruptibly();
        try {
            Optional<ShardPlan> settled = ShardPlan.read(folder);
            if (settled.isPresent()) {
                return settled.get();
            }
            Manifests.ask(runner, cell, attempt.id(), folder);
            ShardPlan plan = ShardPlan.of(
                    Manifests.read(folder).cases(),
                    farm.results().store().history().caseDurations(cell.key()),
                    cell.shards());
            plan.write(folder);
            return plan;
        } finally {
            settling.unlock();
        }
    }

    /** One of them: what its guest does, and whether there is to be another one. */
    private final class Shard implements Part {

        private final int number;
        private final String name;
        private final Path place;
        private volatile int retries;

        Shard(int number) {
            this.number = number;
            this.name = "shard-" + (number + 1);
            this.place = folder.resolve(name);
        }

        Part.Ended end() {
            try {
                Optional<CellEnd> before = EndRecord.read(place);
                if (before.isPresent() && Kept.read(place).isEmpty()) {
                    // An orchestrator may have died before it could end the guest.
                    farm.boots().end(cell.key().driver(), place);
                }
                CellEnd end = before.isPresent() ? before.get() : run();
                if (!(end instanceof CellEnd.Cancelled)) {
                    EndRecord.write(end, place);
                }
                progress.counts(number, LiveCounts.of(format(), Transcript.JOURNAL.file(place)));
                progress.ended(number);
                return new Part.Ended(name, place, end);
            } catch (IOException broken) {
                throw new UncheckedIOException("cannot run " + label(), broken);
            }
        }

        private CellEnd run() throws IOException {
            Files.createDirectories(place);
            if (hasNothingToDo()) {
                return nothingToDo();
            }
            CellEnd end = inGuest();
            try {
                while (isInfrastructure(end)
                        && retries < cell.limits().retries()
                        && farm.retries().take(attempt.run(), retries)) {
                    again(end);
                    end = inGuest();
                }
            } catch (InterruptedException cancelled) {
                return new CellEnd.Cancelled();
            }
            return end;
        }

        private CellEnd inGuest() throws IOException {
            GuestRun guest = guest();
            CellEnd end = guest.end();
            if (guest.isLeft()) {
                try {
                    keepOrEnd(end);
                } catch (FarmFailed broken) {
                    farm.boots().end(cell.key().driver(), place);
                }
            }
            return end;
        }

        private GuestRun guest() throws IOException {
            retries = Earlier.read(place).retries();
            return new GuestRun(farm, cell, attempt, need.of(label()), this);
        }

        /** Its folder is as new then, but for how it ended before. */
        private void again(CellEnd ended) throws IOException {
            Earlier all = Earlier.read(place).and(AttemptOutcome.of(ended));
            Folders.delete(place);
            all.write(place);
        }

        private static boolean isInfrastructure(CellEnd end) {
            return end instanceof CellEnd.Lost || (end instanceof CellEnd.Refused refused && !refused.lasting());
        }

        private boolean hasNothingToDo() throws IOException {
            return ShardPlan.read(folder).map(plan -> plan.of(number).isEmpty()).orElse(false);
        }

        private static CellEnd nothingToDo() {
            return new CellEnd.Ran(
                    new SuiteEnding.Exited(0, List.of()), new TreeMap<>(), List.of("there was no case left for it"));
        }

        @Override
        public String role() {
            return name;
        }

        @Override
        public String label() {
            return cell.key() + " " + name;
        }

        @Override
        public Path folder() {
            return place;
        }

        @Override
        public BaseImage image() throws FarmFailed, IOException, InterruptedException {
            return ShardedRun.this.image();
        }

        @Override
        public void start(SuiteRunner runner) throws SuiteRefused, GuestEnded, IOException, InterruptedException {
            List<String> cases = plan(runner).of(number);
            if (cases.isEmpty()) {
                throw new GuestEnded(nothingToDo());
            }
            Manifests.write(new Manifest(cases), Transcript.MANIFEST.file(place));
            runner.startCases(attempt.id(), cell.suite(), cell.variant(), cases);
        }

        @Override
        public boolean leaves(CellEnd end) throws IOException {
            EndRecord.write(end, place);
            return farm.kept().isWanted(attempt);
        }

        /** The guest is kept from here on, or ends: it does not wait for the other shards with its place on the host. */
        private void keepOrEnd(CellEnd end) throws IOException, FarmFailed {
            Counts read = LiveCounts.of(format(), Transcript.JOURNAL.file(place));
            Outcome outcome = AttemptOutcome.ofShard(end, read);
            if (farm.kept().decide(cell, attempt, name, outcome, need.memoryBytes())) {
                farm.images().markUsed(place);
            }
        }

        @Override
        public void step(Step step, Instant at) {
            progress.step(number, step, at);
        }

        @Override
        public void detail(String words) {
            progress.detail(number, words);
        }

        @Override
        public void finding(String words) {
            farm.board().finding(attempt, name + ": " + words);
        }

        @Override
        public void counts(Counts counts) {
            progress.counts(number, counts);
        }
    }
}
