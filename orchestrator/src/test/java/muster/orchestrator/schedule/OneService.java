package muster.orchestrator.schedule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import muster.orchestrator.config.Place;
import muster.orchestrator.config.Text;
import muster.orchestrator.matrix.Schedule;
import muster.reports.CellKey;
import muster.reports.NewRun;
import muster.reports.ResultStore;
import muster.reports.store.DatabaseAddress;
import muster.reports.store.JdbiResultStore;

/**
 * A service's clock and store in a process of their own. What is due waits for a file before it queues a run, so that a test
 * can stop the process in between. Arguments: the database's URL, a folder, the file, a cron expression, its time zone.
 */
final class OneService {

    private OneService() {}

    public static void main(String[] arguments) throws Exception {
        DatabaseAddress database = new DatabaseAddress(arguments[0], "postgres", "postgres");
        Path file = Path.of(arguments[2]);
        ResultStore store = JdbiResultStore.open(database, Path.of(arguments[1]), Clock.systemUTC());
        FarmClock clock = FarmClock.open(database, (matrix, at) -> due(store, file, matrix, at), Duration.ofSeconds(1));
        clock.set(Map.of(
                "nightly",
                new Schedule(
                        new Text(arguments[3], Place.whole("nightly.yaml")),
                        ZoneId.of(arguments[4]),
                        Schedule.Missed.RUN_ONCE,
                        Schedule.Unfinished.QUEUE,
                        null)));
        clock.start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    private static synchronized void due(ResultStore store, Path file, String matrix, Instant at) {
        System.out.println("due " + at);
        try {
            while (!Files.exists(file)) {
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (InterruptedException ended) {
            return;
        }
        List<CellKey> cells = List.of(new CellKey("debian-12", "commands", "default", "uml"));
        OptionalLong run = store.queue(new NewRun(matrix, "digest", at, Map.of(), cells), at);
        System.out.println(run.isPresent() ? "queued run " + run.getAsLong() : "refused");
    }
}
