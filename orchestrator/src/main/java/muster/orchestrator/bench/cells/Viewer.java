package muster.orchestrator.bench.cells;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * One page in a browser, as the pages' own script keeps it: it listens for changes and asks for the page anew, at most once a second
 * and resting four times as long as the answer took; what grows on the page it follows, and the cell's journal too.
 */
final class Viewer implements AutoCloseable {

    private static final long REST_MILLIS = 1_000;
    private static final Pattern FOLLOWED = Pattern.compile("data-follow=\"([^\"]+)\"");
    private static final Pattern EVENTS = Pattern.compile("data-events=\"([^\"]+)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI page;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();
    private final ConcurrentLinkedQueue<Double> pageMillis = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Semaphore changed = new Semaphore(0);

    private Viewer(HttpClient http, URI page, Clock clock) {
        this.http = http;
        this.page = page;
        this.clock = clock;
    }

    /** Opens a page. */
    static Viewer open(HttpClient http, URI page, Clock clock) throws IOException, InterruptedException {
        Viewer viewer = new Viewer(http, page, clock);
        String html = viewer.load();
        for (MatchResult events : EVENTS.matcher(html).results().toList()) {
            viewer.begin(() -> viewer.listen(events.group(1), "changed", data -> viewer.changed.release()));
            viewer.begin(viewer::refresh);
        }
        for (MatchResult followed : FOLLOWED.matcher(html).results().toList()) {
            String address = followed.group(1).replace("&amp;", "&");
            viewer.follow(address);
            if (address.contains("/log/")) {
                viewer.follow(address.replace("/log/", "/journal/").replaceAll("from=\\d+", "from=0"));
            }
        }
        return viewer;
    }

    private void follow(String address) {
        Sight sight = new Sight(clock);
        sights.add(sight);
        begin(() -> listen(address, "text", data -> sight.more(JSON.readValue(data, String.class))));
    }

    /** From written to seen, in milliseconds, of all lines since this was asked last. */
    List<Long> takeSeen() {
        return sights.stream().flatMap(sight -> sight.take().stream()).toList();
    }

    /** How often a line was missing in what was seen. */
    int gaps() {
        return sights.stream().mapToInt(Sight::gaps).sum();
    }

    /** How long the page took, each time since this was asked last. */
    List<Double> takePageMillis() {
        List<Double> all = new ArrayList<>();
        for (Double one = pageMillis.poll(); one != null; one = pageMillis.poll()) {
            all.add(one);
        }
        return all;
    }

    /** What did not go well. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private interface Told {
        void told(String data);
    }

    private void begin(Work work) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (IOException broken) {
                troubles.add(page + ": " + broken);
            } catch (InterruptedException closed) {
                // nobody looks any more
            }
        }));
    }

    private String load() throws IOException, InterruptedException {
        long from = System.nanoTime();
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        pageMillis.add((System.nanoTime() - from) / 1e6);
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode());
        }
        return answer.body();
    }

    private void refresh() throws IOException, InterruptedException {
        while (true) {
            changed.acquire();
            changed.drainPermits();
            long from = System.nanoTime();
            load();
            Thread.sleep(Math.max(REST_MILLIS, 4 * (System.nanoTime() - from) / 1_000_000));
        }
    }

    private void listen(String address, String wanted, Told told) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page.resolve(address))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new IOException(address + " answered " + answer.statusCode());
            }
            String event = "";
            for (String line = in.readLine(); line != null && !event.equals("end"); line = in.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring(6).strip();
                } else if (line.startsWith("data:") && event.equals(wanted)) {
                    told.told(line.substring(5).strip());
                }
            }
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
