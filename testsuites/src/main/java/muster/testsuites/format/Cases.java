package muster.testsuites.format;

import java.io.IOException;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;

/**
 * What every format does alike with what it read: names become unique, what is shown is shortened, there is a ceiling on
 * the number of cases, and a journal without any case is never whole.
 */
final class Cases implements AutoCloseable {
    private static final int LONGEST_SEEN = 120;
    private static final int LONGEST_WORD = 60;

    private final ResultSink sink;
    private final CaseNames names = new CaseNames();
    private long count;
    private boolean full;

    Cases(ResultSink sink) {
        this.sink = sink;
    }

    /** Hands on a result under its name, or under {@code name #2} where that is taken; past the ceiling, nothing. */
    void add(CaseResult result) {
        add(result, Name.of(result.name()));
    }

    /** The same for a result whose name was read from a line as it stands there. */
    void add(CaseResult result, Name name) {
        add(result, name.hash());
    }

    /**
     * The same.
     *
     * @param hash of its name
     */
    void add(CaseResult result, long hash) {
        if (full) {
            return;
        }
        String unique;
        try {
            unique = names.unique(result.name(), hash);
        } catch (IOException noRoom) {
            stop("only the first " + count + " cases are read: " + noRoom.getMessage() + "; the next is on line "
                    + result.line());
            return;
        }
        count++;
        if (unique.equals(result.name()) && result.nativeWord().length() <= LONGEST_WORD) {
            sink.result(result);
        } else {
            sink.result(changed(result, unique));
        }
    }

    private static CaseResult changed(CaseResult result, String name) {
        return new CaseResult(
                name,
                result.verdict(),
                shortened(result.nativeWord(), LONGEST_WORD),
                result.nativeCode(),
                result.message(),
                result.duration(),
                result.line());
    }

    void planned(long cases) {
        sink.planned(cases);
    }

    void unreadable(long line, String text, String expected) {
        if (!full) {
            sink.unreadable(line, shortened(text, LONGEST_SEEN), expected);
        }
    }

    /** No more can be read, for this reason; nothing is taken any more. */
    void stop(String why) {
        if (!full) {
            full = true;
            sink.truncated(why);
        }
    }

    /** How many results there were. */
    long count() {
        return count;
    }

    /** Whether nothing is taken any more. */
    boolean isFull() {
        return full;
    }

    /**
     * The journal is at its end.
     *
     * @param why how it shows that it was cut before; empty where it was not
     */
    void end(String why) {
        if (full) {
            return;
        }
        if (count == 0) {
            sink.truncated("it holds no result at all" + (why.isEmpty() ? "" : "; " + why));
        } else if (!why.isEmpty()) {
            sink.truncated(why);
        }
    }

    /** Gives back what was needed to tell the names apart. */
    @Override
    public void close() {
        names.close();
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
