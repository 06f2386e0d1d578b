package muster.testsuites;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the journals of one format. Stateless; streams, never holds the whole journal, and never trusts it: journals
 * come from guests.
 */
public interface ResultFormat {

    /** The word for it in {@code suite.yaml}. */
    String name();

    /**
     * Whether a journal that begins so could be one of this format.
     *
     * @param beginning up to 64 KB of it, perhaps cut anywhere
     */
    boolean looksLike(String beginning);

    /**
     * Reads a journal to its end.
     *
     * @param journal the suite's raw output; not closed
     * @throws IOException when the stream cannot be read; never because of what stands in it
     */
    void read(InputStream journal, ResultSink sink) throws IOException;
}
