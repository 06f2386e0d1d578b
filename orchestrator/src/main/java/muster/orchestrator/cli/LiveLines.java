package muster.orchestrator.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Lines on a terminal, drawn over themselves every half second until they are closed. */
final class LiveLines implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(500);

    private final Content content;
    private final Terminal terminal;
    private final Display display;
    private final Thread drawing;

    /** What is drawn. */
    @FunctionalInterface
    interface Content {
        /** No more lines than the height, none longer than the width. */
        List<AttributedString> lines(int width, int height);
    }

    LiveLines(Content content) throws IOException {
        this.content = content;
        this.terminal =
                TerminalBuilder.builder().system(true).nativeSignals(false).build();
        this.display = new Display(terminal, false);
        this.drawing = Thread.ofVirtual().name("live lines").start(this::drawOnAndOn);
    }

    private void drawOnAndOn() {
        try {
            while (true) {
                draw();
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException closed) {
            draw();
        }
    }

    private void draw() {
        int width = Math.max(40, terminal.getWidth());
        display.resize(Math.max(5, terminal.getHeight()), width);
        display.update(content.lines(width, terminal.getHeight() - 1), -1);
        terminal.flush();
    }

    @Override
    public void close() throws IOException {
        drawing.interrupt();
        boolean interrupted = false;
        while (drawing.isAlive()) {
            try {
                drawing.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        terminal.writer().println();
        terminal.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
