package muster.orchestrator.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that reads a file over and over in a control group whose memory does not hold it, so that the kernel has it wait for
 * memory and counts that for the whole host; nobody else lacks any.
 */
final class MemoryHog implements AutoCloseable {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path PRESSURE = Path.of("/proc/pressure/memory");
    private static final long LIMIT = 128L << 20;
    private static final int FILE = 512 << 20;
    private static final int READERS = 3;
    private static final int STEP = 7 * 4096;

    private final Process process;
    private final Path group;

    private MemoryHog(Process process, Path group) {
        this.process = process;
        this.group = group;
    }

    /** Whether this host lets one be: it needs a control group of its own, and a kernel that counts. */
    static boolean isPossible() {
        return Files.isReadable(PRESSURE) && Files.isWritable(parent());
    }

    /** @param folder for its file */
    static MemoryHog start(Path folder) throws IOException {
        Path group = Files.createTempDirectory(parent(), "muster-hog");
        Files.writeString(group.resolve(isUnified() ? "memory.max" : "memory.limit_in_bytes"), Long.toString(LIMIT));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo $$ >\"$0\" && exec \"$@\"",
                        group.resolve("cgroup.procs").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryHog.class.getName(),
                        folder.resolve("hog").toString())
                .inheritIO()
                .start();
        return new MemoryHog(process, group);
    }

    private static boolean isUnified() {
        return Files.exists(GROUPS.resolve("cgroup.controllers"));
    }

    private static Path parent() {
        return isUnified() ? GROUPS : GROUPS.resolve("memory");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Percent of the last ten seconds in which something waited for memory. */
    static double pressure() throws IOException {
        String some = Files.readString(PRESSURE).lines().findFirst().orElseThrow();
        return Double.parseDouble(some.replaceFirst(".*avg10=([0-9.]+) .*", "$1"));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(group);
    }

    /** The process: it writes the file itself, so that its group is charged for what is kept of it. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 20];
            for (int written = 0; written < FILE; written += piece.length) {
                out.write(piece);
            }
        }
        for (int i = 0; i < READERS; i++) {
            new Thread(() -> read(file)).start();
        }
    }

    @SuppressWarnings("InfiniteLoop") // until it is killed
    private static void read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, FILE);
            long sum = 0;
            while (sum >= 0) {
                for (int at = 0; at < FILE; at += STEP) {
                    sum += mapped.get(at);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
