package muster.orchestrator.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.home.Folders;
import muster.orchestrator.run.GuestEnded;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell.Answer;

/**
 * How quickly files get into a guest and out of it, and commands are answered, beside the system's SSH client. Both talk
 * to the same guest through the same socket with the same cipher, both over a connection that is already open, in turns,
 * each first as often as the other. Up means to the guest's /dev/null, down from a file in its page cache.
 */
public final class TransferBench {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String FILE = "/root/transfer";
    private static final int COMMANDS_A_ROUND = 5;
    private static final double MEGABYTE = 1e6;

    private final BenchGuests guests;
    private final long bytes;
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    /**
     * @param bytes how long the file is
     */
    public TransferBench(BenchGuests guests, long bytes) {
        this.guests = guests;
        this.bytes = bytes;
    }

    /**
     * Rates in MB (10^6 bytes) a second, times in seconds, and for each round what Muster achieved as a share of what the
     * other did.
     *
     * @param doing is told each round's rates
     */
    public List<Figures> measure(int rounds, Consumer<String> doing)
            throws FarmFailed, GuestEnded, IOException, InterruptedException {
        OpenSsh.requireTools();
        Path folder = guests.folder();
        try (BenchGuests.BenchGuest guest = guests.boot("bench transfer");
                OpenSsh other =
                        new OpenSsh(folder, guest.guest().sshSocket(), guest.seed(), guests.key(), SshShell.CIPHER)) {
            Path file = noise(folder.resolve("file"));
            feed(guest.shell(), "cat >" + FILE, file);
            for (int round = 1; round <= rounds; round++) {
                boolean weBegin = round % 2 == 1;
                rates(
                        "up",
                        weBegin,
                        () -> feed(guest.shell(), "cat >/dev/null", file),
                        () -> other.warm("cat >/dev/null", file));
                rates(
                        "down",
                        weBegin,
                        () -> stream(guest.shell(), "cat " + FILE),
                        () -> other.warm("cat " + FILE, null));
                for (int i = 0; i < COMMANDS_A_ROUND; i++) {
                    commands(guest, other, i % 2 == 0);
                }
                doing.accept("round %d of %d: up %.1f MB/s, ssh %.1f; down %.1f MB/s, ssh %.1f"
                        .formatted(round, rounds, last("up"), last("up, ssh"), last("down"), last("down, ssh")));
            }
        } finally {
            Folders.delete(folder);
        }
        return measured.entrySet().stream()
                .map(each -> new Figures(each.getKey(), unit(each.getKey()), each.getValue()))
                .toList();
    }

    private void rates(String way, boolean weBegin, Timed ours, Timed theirs) throws IOException, InterruptedException {
        double first = rate((weBegin ? ours : theirs).run());
        double second = rate((weBegin ? theirs : ours).run());
        double our = weBegin ? first : second;
        double their = weBegin ? second : first;
        add(way, our);
        add(way + ", ssh", their);
        add(way + " / ssh", our / their);
    }

    /** The guest is busy for a moment with the end of a connection, for which no command after it shall pay. */
    private void commands(BenchGuests.BenchGuest guest, OpenSsh other, boolean weBegin)
            throws IOException, InterruptedException {
        run(guest.shell());
        other.warm("true", null);
        double first = seconds(weBegin ? run(guest.shell()) : other.warm("true", null));
        double second = seconds(weBegin ? other.warm("true", null) : run(guest.shell()));
        double warm = weBegin ? first : second;
        double warmOther = weBegin ? second : first;
        double anew = seconds(runAnew(guest));
        run(guest.shell());
        double anewOther = seconds(other.anew("true"));
        add("warm command", warm);
        add("warm command, ssh", warmOther);
        add("new connection and command", anew);
        add("new connection and command, ssh", anewOther);
        add("warm command / new connection", warm / anew);
        add("warm command / new connection of ssh", warm / anewOther);
    }

    private Duration runAnew(BenchGuests.BenchGuest guest) throws IOException, InterruptedException {
        long from = System.nanoTime();
        try (SshShell fresh = guests.connect(guest)) {
            run(fresh);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static Duration run(SshShell shell) throws IOException, InterruptedException {
        long from = System.nanoTime();
        check(shell.run("true", LIMIT));
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static Duration feed(SshShell shell, String command, Path file) throws IOException, InterruptedException {
        long from = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
            check(shell.feed(command, in, LIMIT));
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static Duration stream(SshShell shell, String command) throws IOException, InterruptedException {
        long from = System.nanoTime();
        int status = shell.stream(command, OutputStream.nullOutputStream());
        if (status != 0) {
            throw new IOException("cannot measure: '" + command + "' ended with " + status);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static void check(Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException("cannot measure: a command came to " + answer);
        }
    }

    private Path noise(Path file) throws IOException {
        Random random = new Random(1);
        byte[] chunk = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
        return file;
    }

    private void add(String name, double value) {
        measured.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    private double last(String name) {
        return measured.getOrDefault(name, List.of()).getLast();
    }

    private double rate(Duration took) {
        return bytes / MEGABYTE / seconds(took);
    }

    private static double seconds(Duration took) {
        return took.toNanos() / 1e9;
    }

    private static String unit(String name) {
        return name.contains(" / ") ? "" : name.contains("command") ? "s" : "MB/s";
    }

    @FunctionalInterface
    private interface Timed {
        Duration run() throws IOException, InterruptedException;
    }
}
