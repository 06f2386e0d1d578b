package muster.testsuites.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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
    private static final String[] DIRECTIVES = {"SKIP", "TODO", "XFAIL", "TIMEOUT", "ERROR"};
    private static final Pattern SURELY =
            Pattern.compile("(?m)KTAP version \\d|^\\[ *\\d+\\.\\d+][^\\n]*TAP version|^\\t+# Subtest: ");
    private static final int DEEPEST = 20;
    private static final int MOST_MISSING = 1000;
    private static final int LONGEST_STAMP = 25;

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
        String name;
        int planned = -1;
        int tests;
        boolean bad;
        /** Whether the test whose line comes next had tests in it, and a bad one among them. */
        boolean hadTests;

        boolean hadBad;

        Level(int indent, String name) {
            this.indent = indent;
            this.name = name;
        }
    }

    private static final class Log implements Reading {
        private final Cases cases;
        private final Deque<Level> levels = new ArrayDeque<>();
        private final Excerpt said = new Excerpt();
        private String program = "";
        private boolean begun;
        private boolean lacking;
        private long last;

        Log(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Lines.Line line) {
            String text = line.text();
            int prefix = afterPrefix(text);
            int at = afterIndentation(text, prefix);
            last = line.number();
            if (at == text.length()) {
                return;
            }
            int indent = at - prefix;
            if (isVersion(text, at)) {
                if (indent == 0) {
                    closeTo(-1);
                }
                begun = true;
                return;
            }
            if (begun) {
                take(line, text, at, indent);
            }
        }

        private void take(Lines.Line line, String text, int at, int indent) {
            char first = text.charAt(at);
            TapLine.Result result = first == 'o' || first == 'n' ? TapLine.result(text, at, DIRECTIVES) : null;
            if (result != null && result.number() >= 0) {
                result(result, level(indent), line.number());
            } else if (first == '1' && line.ended() && TapLine.plan(text, at) >= 0) {
                level(indent).planned = TapLine.plan(text, at);
            } else if (text.startsWith("# Subtest: ", at)) {
                level(indent).name = text.substring(at + "# Subtest: ".length()).strip();
            } else if (text.startsWith("# selftests: ", at)) {
                program = text.substring(at + "# selftests: ".length()).strip();
            } else if (text.startsWith("Bail out!", at)) {
                lacking = true;
            } else {
                said.add(text.substring(at));
            }
        }

        private static boolean isVersion(String text, int at) {
            return text.startsWith("KTAP version ", at) || text.startsWith("TAP version ", at);
        }

        /** Behind {@code <6>}, {@code [    0.060000]} and {@code [    T1]}, and the one space after them. */
        private static int afterPrefix(String text) {
            int at = text.startsWith("<") && text.indexOf('>') < 5 ? text.indexOf('>') + 1 : 0;
            int end = at;
            while (end < text.length() && text.charAt(end) == '[') {
                int close = text.indexOf(']', end);
                if (close < 0 || close - end > LONGEST_STAMP) {
                    break;
                }
                end = close + 1;
            }
            return end > at && end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        }

        /** Behind spaces, and behind the {@code # } that the kernel's selftests put before the tests of a program. */
        private static int afterIndentation(String text, int from) {
            int at = TapLine.afterSpaces(text, from);
            int inner = at;
            while (text.startsWith("# ", inner)) {
                inner = TapLine.afterSpaces(text, inner + 2);
            }
            TapLine.Result result = inner > at ? TapLine.result(text, inner, DIRECTIVES) : null;
            boolean isTest = inner > at && (isVersion(text, inner) || TapLine.plan(text, inner) >= 0);
            isTest |= result != null && result.number() >= 0;
            return isTest ? inner : at;
        }

        /** The level of this indentation, opened where there is none. Below the deepest, all count as one. */
        private Level level(int indent) {
            closeTo(indent);
            if (levels.isEmpty()) {
                levels.push(new Level(0, ""));
            }
            Level top = levels.element();
            if (top.indent < indent && levels.size() < DEEPEST) {
                top = new Level(indent, program);
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

        private void result(TapLine.Result result, Level level, long line) {
            level.tests++;
            Verdict verdict = result.verdict();
            if (!level.hadTests || (verdict.isBad() && !level.hadBad)) {
                String message = verdict == Verdict.PASS ? "" : (result.why() + "\n" + said.text()).strip();
                add(level, result.nameOrNumber(level.tests), verdict, result.word(), message, line);
            }
            level.bad |= level.hadBad;
            level.hadTests = false;
            level.hadBad = false;
            said.clear();
        }

        private void add(Level level, String name, Verdict verdict, String word, String message, long line) {
            StringBuilder path = new StringBuilder();
            for (Iterator<Level> each = levels.descendingIterator(); each.hasNext(); ) {
                String part = each.next().name;
                path.append(part).append(part.isEmpty() ? "" : ".");
            }
            level.bad |= verdict.isBad();
            cases.add(new CaseResult(path + name, verdict, word, null, message, null, line));
        }

        @Override
        public String end() {
            closeTo(-1);
            return !begun ? "it has no version line" : lacking ? "it lacks tests that its plans announce" : "";
        }
    }
}
