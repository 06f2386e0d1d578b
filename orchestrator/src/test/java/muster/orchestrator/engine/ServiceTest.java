package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import muster.orchestrator.bench.SimulatedMatrix;
import muster.orchestrator.home.Home;
import muster.orchestrator.upkeep.Restore;
import muster.orchestrator.web.HoldRequest;
import muster.orchestrator.web.QueueRequest;
import muster.orchestrator.web.ScheduleLine;
import muster.reports.CellKey;
import muster.reports.Outcome;
import muster.reports.view.RunLine;
import org.junit.jupiter.api.Test;

/** What a service makes of times that are due, in simulated time. */
class ServiceTest extends SimulatedService {

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedIsLeftOut() throws Exception {
        simulated.close();
        channel("exit 1");
        open();
        serve("skip");
        trigger();
        long first = underWay();
        pass(MINUTE);
        assertThatThrownBy(this::trigger)
                .hasMessage("cannot queue a run of nightly: run " + first
                        + " has not ended, and its schedule says 'unfinished: skip'");
        service.due("nightly", simulated.time().instant());
        String why = "run " + first + " had not ended, and its schedule says 'unfinished: skip'";
        said("no run of nightly for Tue 1 Jan 2030, 18:01:00 (UTC): " + why);
        assertThat(nightly().leftOut())
                .as("a person who could not run it knows")
                .containsExactly(new ScheduleLine.LeftOut(simulated.time().instant(), why));
        assertThat(home.notices().resolve("team/waiting/nightly-2030-01-01-not-run.json"))
                .as("told once a day")
                .exists();
        untilEnded(first);
        trigger();
        long second = underWay();
        untilEnded(second);
        assertThat(runs()).extracting(RunLine::number).containsExactlyInAnyOrder(first, second);
        assertThat(runs()).allSatisfy(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
    }

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedWaitsForItsEnd() throws Exception {
        serve("queue");
        trigger();
        long first = underWay();
        pass(MINUTE);
        trigger();
        pass(MINUTE);
        trigger();
        said("queued run " + (first + 2) + " of nightly, due at Tue 1 Jan 2030, 18:02:00 (UTC), after the end of run "
                + (first + 1));
        assertThat(farm.queue().notDue())
                .as("each waits for the one before")
                .containsExactly(
                        Map.entry(first + 1, new QueuePlace(0, null, first)),
                        Map.entry(first + 2, new QueuePlace(0, null, first + 1)));
        untilEnded(first);
        assertThat(underWay()).isEqualTo(first + 1);
        untilEnded(first + 1);
        assertThat(underWay()).isEqualTo(first + 2);
        untilEnded(first + 2);
        List<Instant> ends = runs().stream()
                .map(RunLine::endedAt)
                .map(Instant::from)
                .sorted()
                .toList();
        assertThat(Duration.between(ends.get(0), ends.get(2))).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void aTimeAtWhichTheLastRunHasNotEndedCancelsIt() throws Exception {
        serve("replace");
        trigger();
        long first = underWay();
        pass(MINUTE);
        trigger();
        said("run " + first + " has ended");
        assertThat(underWay()).isEqualTo(first + 1);
        untilEnded(first + 1);
        assertThat(run(first).outcomes()).containsOnly(Map.entry(Outcome.CANCELLED, 3));
        assertThat(farm.store().history().cells(first))
                .as("no person did that")
                .allSatisfy(cell -> assertThat(cell.why())
                        .isEqualTo(
                                "cancelled for run " + (first + 1) + ", for its schedule says 'unfinished: replace'"));
        assertThat(run(first + 1).outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3));
    }

    @Test
    void aTimeThatIsToldTwiceIsRunOnce() throws Exception {
        serve("queue");
        trigger();
        long first = underWay();
        trigger();
        untilEnded(first);
        trigger();
        untilEnded(underWay());
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aTimeThatIsToldAgainWhileItsRunIsUnderWayIsNotLeftOut() throws Exception {
        serve("skip");
        Instant due = simulated.time().instant();
        service.due("nightly", due);
        long run = underWay();
        service.due("nightly", due);
        assertThat(nightly().leftOut()).isEmpty();
        untilEnded(run);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void whatWaitsSaysWhyAlsoWhereNobodyWorks() throws Exception {
        Path file = SimulatedMatrix.write(home, "small", 1, () -> 200);
        Instant from = EVENING.plus(Duration.ofHours(1));
        long run = farm.queue(new QueueRequest(file.toString(), new TreeMap<>(), List.of(), 0, from));
        CellKey cell = farm.queue().unended(run).getFirst();
        QueueWords words = new QueueWords(home, ZoneOffset.UTC);
        String waits = "waits for the next 'muster serve' or 'muster run'";
        assertThat(words.waits(run, cell, EVENING)).isEqualTo(waits + ", and is not to begin before 2030-01-01T19:00");
        assertThat(words.waits(run, cell, from)).isEqualTo(waits);
        farm.asked().hold(new HoldRequest(Long.toString(run), true));
        assertThat(words.waits(run, cell, EVENING))
                .isEqualTo(waits + ", and is held by a person until 'muster release " + run + "'");
    }

    @Test
    void aRunWhoseFolderCannotBeMadeIsNotQueued() throws Exception {
        Path file = SimulatedMatrix.write(home, "small", 1, () -> 200);
        QueueRequest request = new QueueRequest(file.toString(), new TreeMap<>(), List.of(), 0, null);
        Files.deleteIfExists(home.runs());
        Files.writeString(home.runs(), "in the way");
        assertThatThrownBy(() -> farm.queue(request)).isInstanceOf(IOException.class);
        assertThat(runs()).as("nobody could ever run it").isEmpty();
        Files.delete(home.runs());
        assertThat(farm.queue(request)).isEqualTo(1);
    }

    @Test
    void aFolderOfARunThatNeverWasIsForgotten() throws Exception {
        Path file = SimulatedMatrix.write(home, "small", 1, () -> 200);
        QueueRequest request = new QueueRequest(file.toString(), new TreeMap<>(), List.of(), 0, null);
        long first = farm.queue(request);
        long second = farm.queue(request);
        simulated.close();
        Files.writeString(
                home.run(second).resolve("queued-at"), EVENING.minusSeconds(9).toString());
        Path third = Files.createDirectories(home.run(second + 1));
        Files.writeString(third.resolve("queued-at"), EVENING.toString());
        open();
        assertThat(home.run(first)).exists();
        assertThat(home.run(second)).as("of another home's run").doesNotExist();
        assertThat(third).doesNotExist();
    }

    @Test
    void aBrokenFileIsRunAsItWasAndSaysSo() throws Exception {
        serve("skip");
        Path file = home.folder().resolve("matrices/nightly.yaml");
        Files.writeString(file, Files.readString(file).replace("distributions:", "distribution:"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(service.schedule())
                        .filteredOn(line -> line.matrix().equals("nightly") && line.runsByItself())
                        .singleElement()
                        .satisfies(line -> assertThat(line.problem()).contains("nightly.yaml:", "distributions")));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(said)
                        .anySatisfy(words -> assertThat(words)
                                .startsWith("nightly is run as it was before its file was broken: ")
                                .contains("'distributions'")));
        trigger();
        untilEnded(underWay());
        assertThat(runs())
                .singleElement()
                .satisfies(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
    }

    private ScheduleLine nightly() throws Exception {
        return service.schedule().stream()
                .filter(line -> line.matrix().equals("nightly") && line.runsByItself())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRestoredHomeGoesOnAndTellsWhatWasStillToBeToldWhenItsBackupWasMade() throws Exception {
        simulated.close();
        channel("exit 1");
        open();
        serve("skip");
        trigger();
        long first = underWay();
        untilEnded(first);
        trigger();
        long second = underWay();
        Path backup = folder.resolve("backup.tar.zst");
        farm.upkeep().backUp(backup);
        untilEnded(second);
        assertThat(run(second).outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3));
        simulated.close();

        Restore.into(Home.open(folder.resolve("other")), backup);
        Path told = folder.resolve("told");
        home = new Home(folder.resolve("other"));
        channel("cat >> '" + told + "'");
        open("other", simulated.time().instant());
        said.clear();
        service = Service.start(farm, simulated.time(), said::add);
        said("taking up run " + second + ": 3 cells to go");
        await().atMost(LONG).until(() -> Files.exists(told) && Files.size(told) > 0);
        untilEnded(second);
        assertThat(runs()).extracting(RunLine::number).containsExactlyInAnyOrder(first, second);
        assertThat(runs()).allSatisfy(run -> assertThat(run.outcomes()).containsOnly(Map.entry(Outcome.PASSED, 3)));
        assertThat(Files.readString(told)).containsOnlyOnce("nightly: run " + first + ":");
        assertThat(home.notices().resolve("team/told/" + first + "-night-finished.json"))
                .exists();
        assertThat(List.of("waiting", "told"))
                .as("told a minute after the message before, as always")
                .filteredOn(state -> Files.exists(
                        home.notices().resolve("team").resolve(state).resolve(second + "-night-finished.json")))
                .hasSize(1);
    }
}
