package muster.orchestrator.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Passes on the last lines of what is written to it, when it is closed; all of it at once where no number is too many. */
final class LastLines extends OutputStream {

    private final OutputStream to;
    private final int most;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param most how many; {@link Integer#MAX_VALUE} for all */
    LastLines(OutputStream to, int most) {
        this.to = to;
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (most == Integer.MAX_VALUE) {
            to.write(bytes, offset, length);
            return;
        }
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, from, i + 1 - from);
                end();
                from = i + 1;
            }
        }
        line.write(bytes, from, offset + length - from);
    }

    private void end() {
        lines.add(line.toByteArray());
        line = new ByteArrayOutputStream();
        if (lines.size() > most) {
            lines.remove();
        }
    }

    /** Whoever wrote to it goes on with the other stream, which stays open. */
    @Override
    public void close() throws IOException {
        if (line.size() > 0) {
            end();
        }
        for (byte[] each : lines) {
            to.write(each);
        }
        lines.clear();
        to.flush();
    }
}
