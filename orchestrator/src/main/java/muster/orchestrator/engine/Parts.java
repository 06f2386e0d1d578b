package muster.orchestrator.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import muster.images.ImageStore;
import muster.images.Mirrors;
import muster.images.Tools;
import muster.images.source.ImageSources;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.guest.GuestDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.matrix.DriverCheck;
import muster.orchestrator.run.Board;
import muster.orchestrator.run.Boots;
import muster.orchestrator.run.Farm;
import muster.orchestrator.run.Images;
import muster.orchestrator.run.KeptGuests;
import muster.orchestrator.run.Results;
import muster.orchestrator.run.SourceCache;
import muster.orchestrator.run.WarmPool;
import muster.orchestrator.ssh.FarmKey;
import muster.orchestrator.upkeep.DiskRoom;
import muster.reports.ResultStore;
import muster.reports.store.UninterruptedStore;
import muster.testsuites.RunnerSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a farm at work is put together from.
 *
 * @param budget what its guests may use together
 * @param check asked whether a driver works here
 * @param changed is told that the report is no longer up to date
 */
record Parts(
        ResultStore store,
        FarmConfig.Budget budget,
        Admission admission,
        DiskRoom room,
        ImageStore images,
        Map<String, GuestDriver> drivers,
        DriverCheck check,
        WarmPool pool,
        Retries retries,
        ReportWriter report,
        Runnable changed,
        Farm farm) {

    /** A host that is out of something for a moment has it again. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

    /**
     * @param simulation guests and host that are only simulated, or null for this host and guests of it
     * @param standIns what runs guests, and makes what they boot; or null for all that there is
     */
    static Parts of(
            FarmConfig config, Home home, Clock clock, @Nullable Simulation simulation, @Nullable StandIns standIns)
            throws IOException, FarmFailed, InterruptedException {
        ResultStore store = UninterruptedStore.of(HomeStore.open(home, config, clock));
        ReportWriter report = new ReportWriter(store, home.report(), clock, config.zone());
        Mirrors mirrors = Mirrors.of(config.mirrors());
        Map<String, GuestDriver> drivers =
                standIns == null ? Drivers.of(config, home, mirrors, clock) : standIns.drivers();
        HostCapacity host = HostCapacity.here();
        FarmConfig.Budget budget = simulation == null ? config.budget(host) : simulation.budget();
        Admission admission = new Admission(
                budget.memoryBytes(),
                budget.cpus(),
                simulation == null ? host.cpus() : simulation.boots(),
                simulation == null ? HostMemory.here() : MemoryPressure.NONE);
        admission.reserving(clock);
        DiskRoom room = new DiskRoom(
                simulation == null ? DiskRoom.Disk.of(home.folder()) : DiskRoom.Disk.BOUNDLESS,
                config.upkeep().least());
        admission.closedWhile(room::lack);
        WarmPool pool = new WarmPool(
                simulation == null ? Settings.pool(config) : WarmPool.Rules.NONE,
                drivers,
                admission,
                home.pool(),
                clock);
        Retries retries = new Retries(home, simulation == null ? RETRY_PAUSE : Duration.ZERO);
        Runnable changed = simulation == null ? report::changed : () -> {};
        Boots boots = new Boots(drivers, FarmKey.open(home.keys()), admission, clock, pool);
        Tools tools = new Tools();
        ImageStore imageStore = new ImageStore(
                home.images(), standIns == null ? ImageSources.all(mirrors, tools) : standIns.sources(), tools, clock);
        Images images = new Images(
                imageStore,
                new SourceCache(home.sources(), mirrors),
                boots,
                admission,
                host.cpus(),
                home.preparing(),
                clock);
        Board board = new Board(clock);
        RunnerSettings runner = Settings.runner(config);
        Farm farm = new Farm(
                home,
                clock,
                admission,
                images,
                boots,
                new Results(store, board, clock, changed),
                new KeptGuests(home, drivers, clock, admission),
                board,
                guest -> runner,
                retries::takeInTime,
                Hosts.facts());
        return new Parts(
                store,
                budget,
                admission,
                room,
                imageStore,
                drivers,
                simulation == null ? new HostDrivers(drivers) : driver -> Optional.empty(),
                pool,
                retries,
                report,
                changed,
                simulation == null ? farm : farm.simulating(simulation.guests()));
    }
}
