package muster.orchestrator.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what is written to it and drops the rest; never blocks. */
final class CappedOutput extends OutputStream {

    private final int ceiling;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    CappedOutput(int ceiling) {
        this.ceiling = ceiling;
    }

    @Override
    public synchronized void write(int value) {
        if (kept.size() < ceiling) {
            kept.write(value);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, ceiling - kept.size()));
    }

    /** As UTF-8, malformed bytes replaced. */
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
