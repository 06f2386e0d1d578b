package muster.orchestrator.run;

import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;

/** Hands on the first million cases of a journal, for a guest decides how many there are and the store keeps each name. */
final class FirstCases implements ResultSink {

    static final long MOST = 1_000_000;

    private final ResultSink to;
    private long cases;

    FirstCases(ResultSink to) {
        this.to = to;
    }

    @Override
    public void result(CaseResult result) {
        cases++;
        if (cases <= MOST) {
            to.result(result);
        } else if (cases == MOST + 1) {
            to.truncated("only the first " + MOST + " cases are kept; the next is on line " + result.line());
        }
    }

    @Override
    public void planned(long planned) {
        to.planned(planned);
    }

    @Override
    public void unreadable(long line, String seen, String expected) {
        to.unreadable(line, seen, expected);
    }

    @Override
    public void truncated(String why) {
        to.truncated(why);
    }
}
