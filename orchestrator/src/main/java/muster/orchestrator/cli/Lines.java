package muster.orchestrator.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes of a guest into lines, made harmless for a terminal. The last one needs no end. */
final class Lines extends OutputStream {

    /** A longer line is cut into several. */
    private static final int LONGEST = 8192;

    private final Consumer<String> each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> each) {
        this.each = each;
    }

    @Override
    public void write(int b) {
        if (b == '\n' || line.size() >= LONGEST) {
            end();
        }
        if (b != '\n') {
            line.write(b);
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        each.accept(Words.harmless(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            end();
        }
    }
}
