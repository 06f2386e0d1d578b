package muster.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import muster.orchestrator.run.Capacity;
import muster.orchestrator.run.Capacity.Need;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final long MB = 1 << 20;

    private final List<String> entered = Collections.synchronizedList(new ArrayList<>());

    @Test
    void eightSleepingGuestsShareTwoProcessors() throws InterruptedException {
        Admission admission = new Admission(8000 * MB, 2, 2);
        List<Capacity.Place> places = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            places.add(admission.enter(new Need("sleeps " + i, 512 * MB, 0.1, 0), why -> {}));
        }
        assertThat(places).hasSize(8);
    }

    @Test
    void theLongestIsLetInFirst() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        Capacity.Place only = admission.enter(new Need("first", 100 * MB, 1, 0), why -> {});
        begin(admission, new Need("short", 100 * MB, 1, 10));
        begin(admission, new Need("unknown", 100 * MB, 1, Double.POSITIVE_INFINITY));
        begin(admission, new Need("long", 100 * MB, 1, 500));
        awaitWaiting(3);
        only.close();
        await().until(() -> entered.size() == 3);
        assertThat(entered).containsExactly("unknown", "long", "short");
    }

    @Test
    void theMoreUrgentIsLetInBeforeTheLonger() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        Capacity.Place only = admission.enter(new Need("first", 100 * MB, 1, 0), why -> {});
        begin(admission, new Need("long", 100 * MB, 1, 500));
        begin(admission, new Need("urgent", 100 * MB, 1, 10).urgent(7));
        begin(admission, new Need("can wait", 100 * MB, 1, 900).urgent(-1));
        awaitWaiting(3);
        only.close();
        await().until(() -> entered.size() == 3);
        assertThat(entered).containsExactly("urgent", "long", "can wait");
    }

    @Test
    void aSmallerOnePassesABiggerOneThatDoesNotFitYet() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        admission.enter(new Need("first", 60 * MB, 1, 0), why -> {});
        begin(admission, new Need("big", 80 * MB, 1, 500));
        begin(admission, new Need("small", 40 * MB, 1, 1));
        await().until(() -> entered.contains("small"));
        assertThat(entered).doesNotContain("big");
    }

    @Test
    void whileTheDiskIsFullNothingIsLetInAndThenByItself() throws InterruptedException {
        AtomicReference<String> full = new AtomicReference<>("it is full");
        Admission admission = new Admission(100 * MB, 8, 1);
        Capacity.Place running = admission.enter(new Need("runs", 10 * MB, 1, 0), why -> {});
        admission.closedWhile(() -> Optional.ofNullable(full.get()));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Thread waits = Thread.ofVirtual().start(() -> enter(admission, new Need("waits", 10 * MB, 1, 0), told));
        await().until(() -> !told.isEmpty());
        assertThat(told).containsExactly("waits for room on the disk: it is full");
        assertThat(admission.enterAhead(new Need("ahead", 10 * MB, 1, 0))).isEmpty();
        assertThat(admission.closed()).contains("waits for room on the disk: it is full");
        assertThat(entered).isEmpty();
        full.set(null);
        waits.join();
        assertThat(entered).containsExactly("waits");
        assertThat(admission.waits()).containsEntry("disk", 1L);
        running.close();
    }

    private void enter(Admission admission, Need need, List<String> told) {
        try {
            admission.enter(need, told::add);
            entered.add(need.label());
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Test
    void processorsAreABoundOfTheirOwn() throws InterruptedException {
        Admission admission = new Admission(1000 * MB, 2, 1);
        Capacity.Place one = admission.enter(new Need("one", MB, 1.5, 0), why -> {});
        begin(admission, new Need("two", MB, 1, 0));
        awaitWaiting(1);
        assertThat(entered).isEmpty();
        one.close();
        await().until(() -> entered.contains("two"));
    }

    @Test
    void whatIsToBeAloneWaitsForAllOthersAndKeepsThemOut() throws InterruptedException {
        Admission admission = new Admission(1000 * MB, 8, 1);
        Capacity.Place kept = admission.enterRunning(new Need("kept for a person", MB, 0, 0));
        Capacity.Place one = admission.enter(new Need("one", MB, 0.1, 0), why -> {});
        AtomicReference<Capacity.Place> alone = new AtomicReference<>();
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                alone.set(admission.enter(new Need("alone", MB, 1, 900).lonely(), why -> entered.add("alone waits")));
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        }));
        await().until(() -> entered.contains("alone waits"));
        Capacity.Place two = admission.enter(new Need("two", MB, 1, 0), why -> {});
        one.close();
        awaitWaiting(1);
        assertThat(alone.get()).as("another is at work").isNull();
        two.close();
        await().until(() -> alone.get() != null);
        begin(admission, new Need("three", MB, 1, 0));
        awaitWaiting(1);
        assertThat(entered).doesNotContain("three");
        alone.get().close();
        await().until(() -> entered.contains("three"));
        kept.close();
    }

    @Test
    void closingTwiceGivesBackOnce() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        Capacity.Place one = admission.enter(new Need("one", 60 * MB, 1, 0), why -> {});
        one.close();
        one.close();
        admission.enter(new Need("two", 60 * MB, 1, 0), why -> {});
        begin(admission, new Need("three", 60 * MB, 1, 0));
        awaitWaiting(1);
        assertThat(entered).isEmpty();
    }

    @Test
    void aRunningGuestIsCountedThoughItDoesNotWait() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        admission.enter(new Need("one", 80 * MB, 1, 0), why -> {});
        Capacity.Place running = admission.enterRunning(new Need("running", 80 * MB, 1, 0));
        begin(admission, new Need("three", 20 * MB, 1, 0));
        awaitWaiting(1);
        running.close();
        await().until(() -> entered.contains("three"));
    }

    @Test
    void bootsAreLimitedByThemselves() throws InterruptedException {
        Admission admission = new Admission(1000 * MB, 8, 1);
        Capacity.Place boot = admission.boot();
        CountDownLatch second = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try (Capacity.Place _ = admission.boot()) {
                second.countDown();
            } catch (InterruptedException e) {
                entered.add("interrupted");
            }
        });
        assertThat(second.getCount()).isEqualTo(1);
        boot.close();
        second.await();
    }

    @Test
    void whatNeverFitsIsRefusedAtOnce() {
        Admission admission = new Admission(100 * MB, 2, 1);
        Need need = new Need("huge", 101 * MB, 1, 0);
        assertThat(admission.admits(need)).isFalse();
        assertThatThrownBy(() -> admission.enter(need, why -> {})).hasMessageContaining("cannot ever admit");
    }

    @Test
    void whoIsInterruptedWhileWaitingLeavesTheQueue() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 1);
        Capacity.Place one = admission.enter(new Need("one", 100 * MB, 1, 0), why -> {});
        Thread waiting = begin(admission, new Need("cancelled", 100 * MB, 1, 500));
        awaitWaiting(1);
        waiting.interrupt();
        waiting.join();
        begin(admission, new Need("next", 100 * MB, 1, 1));
        one.close();
        await().until(() -> entered.contains("next"));
        assertThat(entered).containsExactly("next");
    }

    @Test
    void memoryPressureKeepsNewGuestsOutUntilItPasses() throws InterruptedException {
        AtomicReference<Optional<String>> pressure = new AtomicReference<>(Optional.empty());
        Admission admission = new Admission(100 * MB, 8, 2, pressure::get);
        Capacity.Place running = admission.enter(new Need("running", MB, 1, 0), why -> {});
        pressure.set(Optional.of("work waits"));
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Thread.ofVirtual().start(() -> {
            try (Capacity.Place _ = admission.enter(new Need("next", 60 * MB, 1, 9), said::add)) {
                entered.add("next");
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        begin(admission, new Need("last", 60 * MB, 1, 1));
        await().until(() -> !said.isEmpty());
        running.close();
        pressure.set(Optional.of("work waits even longer"));
        awaitWaiting(1);
        assertThat(entered).isEmpty();
        assertThat(admission.enterAhead(new Need("ahead", MB, 1, 0))).isEmpty();
        pressure.set(Optional.empty());
        await().until(() -> entered.size() == 2);
        assertThat(entered).containsExactly("next", "last");
        assertThat(said).containsExactly("waiting until memory is in less demand: work waits");
    }

    @Test
    void aGuestThatRunsAlreadyIsNotKeptOut() {
        Admission admission = new Admission(100 * MB, 8, 2, () -> Optional.of("work waits"));
        try (Capacity.Place _ = admission.enterRunning(new Need("running", 60 * MB, 1, 0))) {
            assertThat(admission.enterAhead(new Need("ahead", MB, 1, 0))).isEmpty();
        }
    }

    @Test
    void whatIsLentIsGivenBackBeforeAnAttemptIsLetIn() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 2);
        List<String> asked = new ArrayList<>();
        AtomicReference<Capacity.Place> lent = new AtomicReference<>();
        admission.lendsTo(new Capacity.Borrower() {
            @Override
            public void letIn(Need need) {
                asked.add("let in " + need.label());
            }

            @Override
            public Runnable giveBack(long bytes) {
                asked.add("give back " + bytes / MB);
                lent.get().close();
                return () -> asked.add("ended");
            }

            @Override
            public void stopBooting() {
                asked.add("stop booting");
            }
        });
        admission.enter(new Need("one", 40 * MB, 1, 0), why -> {});
        lent.set(admission.enterAhead(new Need("ahead", 40 * MB, 1, 0)).orElseThrow());
        assertThat(admission.enterAhead(new Need("too much", 40 * MB, 1, 0))).isEmpty();
        admission.enter(new Need("two", 50 * MB, 1, 0), why -> asked.add(why));
        assertThat(asked).containsExactly("let in one", "let in two", "give back 30", "ended");
        assertThat(admission.enterAhead(new Need("rest", 10 * MB, 1, 0))).isPresent();
    }

    @Test
    void nothingIsLentWhileAnAttemptWaitsForMemoryOrToBeAlone() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 2);
        Capacity.Place one = admission.enter(new Need("one", 40 * MB, 1, 0), why -> {});
        begin(admission, new Need("big", 80 * MB, 1, 0));
        awaitWaiting(1);
        assertThat(admission.enterAhead(new Need("ahead", MB, 1, 0))).isEmpty();
        one.close();
        await().until(() -> entered.contains("big"));
        try (Capacity.Place _ = admission.enter(new Need("alone", MB, 1, 0).lonely(), why -> {})) {
            assertThat(admission.enterAhead(new Need("ahead", MB, 1, 0))).isEmpty();
        }
        assertThat(admission.enterAhead(new Need("ahead", MB, 1, 0))).isPresent();
    }

    @Test
    void guestsBootAheadOnlyInATurnThatNobodyWaitsFor() throws InterruptedException {
        Admission admission = new Admission(100 * MB, 8, 2);
        Capacity.Place boot = admission.boot();
        Capacity.Place ahead = admission.bootAhead().orElseThrow();
        assertThat(admission.bootAhead()).as("one guest a core").isEmpty();
        CountDownLatch third = new CountDownLatch(1);
        admission.lendsTo(new Capacity.Borrower() {
            @Override
            public void letIn(Need need) {}

            @Override
            public Runnable giveBack(long bytes) {
                return () -> {};
            }

            @Override
            public void stopBooting() {
                ahead.close();
            }
        });
        Thread.ofVirtual().start(() -> {
            try (Capacity.Place _ = admission.boot()) {
                third.countDown();
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        third.await();
        boot.close();
    }

    private final List<Thread> threads = new ArrayList<>();

    private Thread begin(Admission admission, Need need) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try (Capacity.Place _ = admission.enter(need, why -> {})) {
                entered.add(need.label());
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            }
        });
        threads.add(thread);
        return thread;
    }

    private void awaitWaiting(int count) {
        await().until(() -> threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.WAITING)
                        .count()
                == count);
    }
}
