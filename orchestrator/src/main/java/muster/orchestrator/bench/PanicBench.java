package muster.orchestrator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import muster.orchestrator.guest.Deadline;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.run.CellEnd;
import muster.orchestrator.run.GuestEnded;
import muster.testsuites.GuestShell;

/** How soon it is known that a guest's kernel has given up: from its line on the console to the outcome. */
public final class PanicBench {

    private static final String DEED = "echo c >/proc/sysrq-trigger";
    private static final String WORDS = "Kernel panic - not syncing";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How exactly the line's moment is known. */
    private static final Duration BEAT = Duration.ofMillis(5);

    private final BenchGuests guests;

    public PanicBench(BenchGuests guests) {
        this.guests = guests;
    }

    /**
     * One guest after another.
     *
     * @param doing is told each guest's
     */
    public List<Figures> measure(int count, Consumer<String> doing)
            throws FarmFailed, GuestEnded, IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            try (BenchGuests.BenchGuest guest = guests.boot("bench panic")) {
                double took = panic(guest);
                seconds.add(took);
                doing.accept("guest %d of %d: %.2f s".formatted(i, count, took));
            }
        }
        return List.of(new Figures("panic's line on the console to outcome", "s", seconds));
    }

    private static double panic(BenchGuests.BenchGuest guest) throws IOException, InterruptedException {
        CompletableFuture<Long> line = new CompletableFuture<>();
        Thread watching = Thread.ofVirtual()
                .name("bench panic")
                .start(() -> watch(guest.guest().console(), line));
        try {
            CellEnd end = end(guest);
            long knownAt = System.nanoTime();
            if (!(end instanceof CellEnd.Panicked)) {
                throw new IOException("cannot measure: the kernel was made to panic, and the outcome is " + end);
            }
            return (knownAt - line.get()) / 1e9;
        } catch (ExecutionException unreadable) {
            throw new IOException("cannot measure: " + unreadable.getMessage(), unreadable);
        } finally {
            watching.interrupt();
        }
    }

    private static CellEnd end(BenchGuests.BenchGuest guest) throws IOException, InterruptedException {
        try {
            GuestShell.Answer answer = guest.shell().run(DEED, LIMIT);
            throw new IOException("cannot measure: a guest that was made to panic answers " + answer);
        } catch (GuestShell.ConnectionCut cut) {
            return guest.booted().watch().end("bench panic", cut);
        }
    }

    private static void watch(Path console, CompletableFuture<Long> line) {
        try {
            if (Deadline.in(LIMIT).await(BEAT, () -> says(console))) {
                line.complete(System.nanoTime());
            } else {
                line.completeExceptionally(new IOException("no panic on the console within " + LIMIT));
            }
        } catch (InterruptedException | RuntimeException stopped) {
            line.completeExceptionally(stopped);
        }
    }

    private static boolean says(Path console) {
        try {
            return Files.readString(console, StandardCharsets.ISO_8859_1).contains(WORDS);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
