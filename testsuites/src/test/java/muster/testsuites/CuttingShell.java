package muster.testsuites;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Cuts the connection of another shell again and again: before a call, after it, half-way through what is copied. */
final class CuttingShell implements GuestShell {
    private final GuestShell shell;
    private final Random random;
    private final double probability;
    final AtomicInteger cuts = new AtomicInteger();

    CuttingShell(GuestShell shell, long seed, double probability) {
        this.shell = shell;
        this.random = new Random(seed);
        this.probability = probability;
    }

    @Override
    public Answer run(String command, Duration limit) throws IOException, InterruptedException {
        perhapsCut();
        Answer answer = shell.run(command, limit);
        perhapsCut();
        return answer;
    }

    @Override
    public int stream(String command, OutputStream output, OutputStream error)
            throws IOException, InterruptedException {
        perhapsCut();
        int status = shell.stream(command, perhapsCut(output), perhapsCut(error));
        perhapsCut();
        return status;
    }

    private OutputStream perhapsCut(OutputStream sink) {
        int after = draw() ? number(300) : Integer.MAX_VALUE;
        return new OutputStream() {
            private int left = after;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                sink.write(bytes, offset, Math.min(length, left));
                left -= Math.min(length, left);
                if (left == 0) {
                    throw cut();
                }
            }
        };
    }

    @Override
    public Answer feed(String command, InputStream input, Duration limit) throws IOException, InterruptedException {
        perhapsCut();
        if (draw()) {
            byte[] all = input.readAllBytes();
            shell.feed(command, new ByteArrayInputStream(all, 0, number(all.length)), limit);
            throw cut();
        }
        Answer answer = shell.feed(command, input, limit);
        perhapsCut();
        return answer;
    }

    private void perhapsCut() throws ConnectionCut {
        if (draw()) {
            throw cut();
        }
    }

    private synchronized boolean draw() {
        return random.nextDouble() < probability;
    }

    private synchronized int number(int below) {
        return 1 + random.nextInt(Math.max(1, below - 1));
    }

    private ConnectionCut cut() {
        cuts.incrementAndGet();
        return new ConnectionCut("the test cut the connection", null);
    }
}
