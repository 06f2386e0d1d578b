package muster.reports.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import muster.reports.Ending.KeptFile;
import muster.reports.History;

/** The ends of kept files. A file of a digest never changes, so what was asked for lately is at hand. Safe for many threads. */
final class Tails {

    private static final int KNOWN = 500;

    /** A larger one takes too long to be read for its end alone. */
    private static final long CEILING = 16L << 20;

    private final History history;
    private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KNOWN;
        }
    };

    Tails(History history) {
        this.history = history;
    }

    /** Its last lines; empty for an artefact, for what is removed, and for what is very large. */
    String of(KeptFile file) throws IOException {
        if (file.role().equals("artefact") || file.removedAt() != null || file.bytes() > CEILING) {
            return "";
        }
        synchronized (known) {
            String tail = known.get(file.digest());
            if (tail != null) {
                return tail;
            }
        }
        String tail;
        try (InputStream in = history.open(file)) {
            tail = KeptText.tail(in);
        }
        synchronized (known) {
            known.put(file.digest(), tail);
        }
        return tail;
    }
}
