package muster.testsuites;

/** Takes what a {@link ResultFormat} reads, in the journal's order. */
public interface ResultSink {

    /** One case came to its end. */
    void result(CaseResult result);

    /** The suite said before what it would run; comes before the journal's first result, or not at all. */
    default void manifest(Manifest manifest) {}

    /** The journal itself says how many cases were to run. */
    default void planned(long cases) {}

    /**
     * A line could not be read; the rest is read all the same.
     *
     * @param line from 1
     * @param seen what stood there, shortened
     * @param expected what could have stood there
     */
    void unreadable(long line, String seen, String expected);

    /** The journal stops before its own end: {@code why} says how that shows. */
    void truncated(String why);
}
