package muster.testsuites.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/**
 * KTAP, what the Linux kernel's own tests write: TAP with tests inside of tests, told by their indentation, with {@code #
 * XFAIL}, {@code # TIMEOUT} and {@code # ERROR} beside SKIP and TODO, and often behind the kernel log's time stamps. It
 * begins with the first version line; what stands before, and every line of no known kind, is the kernel's own talk.
 *
 * <p>A case is a test without tests in it, named {@code SUITE.TEST}; a test with tests in it is one, too, when it failed and
 * none in it did. What a plan announces and does not come has NORESULT, as {@code SUITE.test N}.
 */
final class KtapFormat extends LineFormat {
    private static final List<String> DIRECTIVES = List.of("SKIP", "TODO", "XFAIL", "TIMEOUT", "ERROR");
    private static final String SUBTEST = "# Subtest: ";
    private static final String PROGRAM = "# selftests: ";
    private static final Pattern SURELY =
            Pattern.compile("(?m)KTAP version \\d|^\\[ *\\d+\\.\\d+][^\\n]*TAP version|^\\t+# Subtest: ");
    private static final int DEEPEST = 20;
    private static final int MOST_MISSING = 1000;
    private static final int LONGEST_STAMP = 25;
    private static final int LONGEST_LEVEL = 5;

    KtapFormat() {
        super("ktap", "TAP version 14\\R(?:1\\.\\.\\d+\\R)? +# Subtest: ");
    }

    @Override
    public boolean looksLike(String beginning) {
        return isSurely(beginning) || super.looksLike(beginning);
    }

    /** Whether nothing but a kernel writes so. */
    static boolean isSurely(String beginning) {
        return SURELY.matcher(beginning).find();
    }

    @Override
    Reading begin(Cases cases) {
        return new Log(cases);
    }

    /** Tests with the same indentation, one after another, inside of the same test. */
    private static final class Level {
        final int indent;
        /** What the names of its tests begin with: its own name and those around it. */
        String path = "";

        private final String around;
        int planned = -1;
        int tests;
        boolean bad;
        /** Whether the test whose line comes next had tests in it, and a bad one among them. */
        boolean hadTests;

        boolean hadBad;

        Level(int indent, String around, String name) {
            this.indent = indent;
            this.around = around;
            rename(name);
        }

        final void rename(String name) {
            path = name.isEmpty() ? around : around + name + ".";
        }
    }

    private static final class Log implements Reading {
        private final Cases cases;
        private final Deque<Level> levels = new ArrayDeque<>();
        private final TapLine test = new TapLine(DIRECTIVES);
        private final Excerpt said = new Excerpt();
        private String program = "";
        private boolean begun;
        private boolean lacking;
        private long last;

        Log(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            int prefix = afterPrefix(line);
            int at = afterIndentation(line, prefix);
            last = line.number();
            if (at == line.length()) {
                return;
            }
            int indent = at - prefix;
            if (isVersion(line, at)) {
                if (indent == 0) {
                    closeTo(-1);
                }
                begun = true;
                return;
            }
            if (begun) {
                take(line, at, indent);
            }
        }

        private void take(Line line, int at, int indent) {
            char first = line.at(at);
            if ((first == 'o' || first == 'n') && test.read(line, at) && test.hasNumber()) {
                result(line, level(indent));
            } else if (first == '1' && line.ended() && TapLine.plan(line, at) >= 0) {
                level(indent).planned = TapLine.plan(line, at);
            } else if (line.startsWith(SUBTEST, at)) {
                level(indent).rename(line.stripped(at + SUBTEST.length(), line.length()));
            } else if (line.startsWith(PROGRAM, at)) {
                program = line.stripped(at + PROGRAM.length(), line.length());
            } else if (line.startsWith("Bail out!", at)) {
                lacking = true;
            } else {
                said.add(line.text(at));
            }
        }

        private static boolean isVersion(Line line, int at) {
            char first = line.at(at);
            return (first == 'K' || first == 'T')
                    && (line.startsWith("KTAP version ", at) || line.startsWith("TAP version ", at));
        }

        /** Behind {@code <6>}, {@code [    0.060000]} and {@code [    T1]}, and the one space after them. */
        private static int afterPrefix(Line line) {
            int level = line.at(0) == '<' ? line.indexOf('>', 0) : -1;
            int at = level < LONGEST_LEVEL ? level + 1 : 0;
            int end = at;
            while (line.at(end) == '[') {
                int close = line.indexOf(']', end);
                if (close < 0 || close - end > LONGEST_STAMP) {
                    break;
                }
                end = close + 1;
            }
            return end > at && line.at(end) == ' ' ? end + 1 : end;
        }

        /** Behind spaces, and behind the {@code # } that the kernel's selftests put before the tests of a program. */
        private int afterIndentation(Line line, int from) {
            int at = line.afterSpaces(from);
            int inner = at;
            while (line.startsWith("# ", inner)) {
                inner = line.afterSpaces(inner + 2);
            }
            if (inner == at) {
                return at;
            }
            boolean isTest = isVersion(line, inner) || TapLine.plan(line, inner) >= 0;
            return isTest || (test.read(line, inner) && test.hasNumber()) ? inner : at;
        }

        /** The level of this indentation, opened where there is none. Below the deepest, all count as one. */
        private Level level(int indent) {
            Level last = levels.peek();
            if (last != null && last.indent == indent) {
                return last;
            }
            closeTo(indent);
            if (levels.isEmpty()) {
                levels.push(new Level(0, "", ""));
            }
            Level top = levels.element();
            if (top.indent < indent && levels.size() < DEEPEST) {
                top = new Level(indent, top.path, program);
                program = "";
                levels.push(top);
            }
            return top;
        }

        /** Ends the levels that lie deeper. */
        private void closeTo(int indent) {
            while (!levels.isEmpty() && levels.element().indent > indent) {
                close(levels.element());
            }
        }

        private void close(Level level) {
            lacking |= level.planned > level.tests;
            // Of a test whose tests came and whose own line did not, those tests stand for it.
            level.tests += level.hadTests ? 1 : 0;
            lacking |= level.hadTests;
            int missing = level.planned - level.tests;
            for (int i = 1; i <= Math.min(missing, MOST_MISSING); i++) {
                add(level, "test " + (level.tests + i), Verdict.NORESULT, "", "planned, and not reported", last);
            }
            levels.pop();
            Level parent = levels.peek();
            if (parent != null) {
                parent.hadTests = true;
                parent.hadBad |= level.bad;
            }
        }

        private void result(Line line, Level level) {
            level.tests++;
            Verdict verdict = test.verdict();
            if (!level.hadTests || (verdict.isBad() && !level.hadBad)) {
                String message = verdict == Verdict.PASS ? "" : (test.why(line) + "\n" + said.text()).strip();
                String name = test.name(line, level.tests);
                if (level.path.isEmpty()) {
                    level.bad |= verdict.isBad();
                    CaseResult result = new CaseResult(name, verdict, test.word(), null, message, null, line.number());
                    cases.add(result, test.hash(line, name));
                } else {
                    add(level, name, verdict, test.word(), message, line.number());
                }
            }
            level.bad |= level.hadBad;
            level.hadTests = false;
            level.hadBad = false;
            said.clear();
        }

        private void add(Level level, String own, Verdict verdict, String word, String message, long line) {
            level.bad |= verdict.isBad();
            cases.add(new CaseResult(level.path + own, verdict, word, null, message, null, line));
        }

        @Override
        public String end() {
            closeTo(-1);
            return !begun ? "it has no version line" : lacking ? "it lacks tests that its plans announce" : "";
        }
    }
}
