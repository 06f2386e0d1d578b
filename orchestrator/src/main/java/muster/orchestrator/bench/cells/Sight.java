package muster.orchestrator.bench.cells;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser sees of one growing text: when each line came, and whether one is missing. */
final class Sight {

    private static final Pattern LINE = Pattern.compile(PlayedSuite.MARK + "(\\d+) (\\d+)");

    private final Clock clock;
    private final List<Long> millis = new ArrayList<>();
    private String rest = "";
    private long last;
    private int gaps;

    Sight(Clock clock) {
        this.clock = clock;
    }

    /** More of the text has come. */
    synchronized void more(String text) {
        long now = clock.millis();
        String all = rest + text;
        int end = all.lastIndexOf('\n') + 1;
        rest = all.substring(end);
        all.substring(0, end).lines().forEach(line -> line(line, now));
    }

    private void line(String line, long now) {
        Matcher marked = LINE.matcher(line);
        if (!marked.matches()) {
            return;
        }
        long number = Long.parseLong(marked.group(1));
        gaps += last != 0 && number != last + 1 ? 1 : 0;
        last = number;
        millis.add(now - Long.parseLong(marked.group(2)));
    }

    /** From written to seen, of each line up to now, which are then forgotten. */
    synchronized List<Long> take() {
        List<Long> all = List.copyOf(millis);
        millis.clear();
        return all;
    }

    /** How often a line did not follow the one before it. */
    synchronized int gaps() {
        return gaps;
    }
}
