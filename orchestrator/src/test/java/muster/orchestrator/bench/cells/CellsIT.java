package muster.orchestrator.bench.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import muster.orchestrator.bench.Figures;
import muster.orchestrator.home.Folders;
import muster.orchestrator.web.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code muster bench cells} does, in small; {@code -Dmuster.cells=1000} makes it large. */
class CellsIT {

    private static final int CELLS = Integer.getInteger("muster.cells", 12);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Notes of each line of the log that the page's own script puts there: its number and how old it is. */
    private static final String WATCH = """
            const text = document.querySelector('[data-follow*="/log/"]');
            window.seen = [];
            new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
              for (const line of node.textContent.matchAll(/^at (\\d+) (\\d+)$/gm)) {
                window.seen.push([Number(line[1]), Date.now() - Number(line[2])]);
              }
            }))).observe(text, { childList: true });
            """;

    private Path folder;
    private final List<List<?>> seen = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory("muster-cells");
    }

    @AfterEach
    void remove() throws IOException {
        Folders.delete(folder);
    }

    @Test
    void allThatCellsWriteAtOnceIsSeenInABrowserAndStoredOnceThoughTheServiceIsKilled() throws Exception {
        CellsBench.Size size = new CellsBench.Size(CELLS, Duration.ofSeconds(3), Duration.ofMillis(500), 2, true);
        CellsBench.Result result =
                new CellsBench(ROOT, folder, size, System.out::println, Clock.systemUTC()).measure(this::look);
        System.out.println("in Chromium: " + seen);
        assertThat(result.troubles()).isEmpty();
        assertThat(figure(result, "cells stored whole").median()).isEqualTo(CELLS);
        assertThat(figure(result, "lines seen in a browser").median()).isPositive();
        assertThat(seen).hasSizeGreaterThan(3);
        for (int i = 1; i < seen.size(); i++) {
            assertThat((Long) seen.get(i).getFirst())
                    .isEqualTo((Long) seen.get(i - 1).getFirst() + 1);
        }
    }

    private void look(List<URI> pages) throws IOException, InterruptedException {
        try (Browser browser = new Browser(folder.resolve("browser"))) {
            browser.show(pages.getFirst().toString());
            browser.script(WATCH);
            for (long from = System.nanoTime();
                    seen.size() < 6
                            && System.nanoTime() - from < Duration.ofSeconds(30).toNanos(); ) {
                Thread.sleep(500);
                seen.clear();
                for (Object line : (List<?>) browser.script("return window.seen")) {
                    seen.add((List<?>) line);
                }
            }
        }
    }

    private static Figures figure(CellsBench.Result result, String name) {
        return result.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
