package muster.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;

class FirstCasesTest {

    private long results;
    private final List<String> truncated = new ArrayList<>();

    @Test
    void casesBeyondAMillionAreNotKeptAndThatIsSaidOnce() {
        FirstCases first = new FirstCases(new ResultSink() {
            @Override
            public void result(CaseResult result) {
                results++;
            }

            @Override
            public void unreadable(long line, String seen, String expected) {
                throw new AssertionError(seen);
            }

            @Override
            public void truncated(String why) {
                truncated.add(why);
            }
        });
        for (long line = 1; line <= FirstCases.MOST; line++) {
            first.result(new CaseResult("a", Verdict.PASS, "ok", null, "", null, line));
        }
        assertThat(truncated).isEmpty();
        first.result(new CaseResult("a", Verdict.PASS, "ok", null, "", null, 1_000_001));
        first.result(new CaseResult("a", Verdict.PASS, "ok", null, "", null, 1_000_002));
        assertThat(results).isEqualTo(1_000_000);
        assertThat(truncated).containsExactly("only the first 1000000 cases are kept; the next is on line 1000001");
    }
}
