package muster.testsuites.format;

import java.util.List;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The Test Anything Protocol, versions 12 to 14: a plan {@code 1..N} at the beginning or at the end, {@code ok} and {@code
 * not ok} lines, {@code # SKIP} and {@code # TODO}, {@code Bail out!}. Whatever is indented (YAML, subtests) and every other
 * line belongs to the test before it: of a subtest, the line of its parent counts. Several streams may stand behind each
 * other, each with its plan.
 *
 * <p>What the plans announce must be there. A journal cut right behind its last test, when its plan came first, has lost
 * nothing and is not told from a whole one.
 */
final class TapFormat extends LineFormat {
    private static final List<String> DIRECTIVES = List.of("SKIP", "TODO");
    private static final Pattern BURIED = Pattern.compile(".*(?:not )?\\bok \\d+ - .*");

    TapFormat() {
        super("tap", "^(?:TAP version 1\\d|1\\.\\.\\d+|(?:not )?ok(?: |$))");
    }

    @Override
    public boolean looksLike(String beginning) {
        return super.looksLike(beginning) && !KtapFormat.isSurely(beginning) && !ProveFormat.isSurely(beginning);
    }

    @Override
    Reading begin(Cases cases) {
        return new Stream(cases);
    }

    private static final class Stream implements Reading {
        private final Cases cases;
        private final TapLine test = new TapLine(DIRECTIVES);
        private final Excerpt said = new Excerpt();
        private @Nullable CaseResult bad;
        private long tests;
        private long planned = -1;
        private String stopped = "";

        Stream(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            char first = line.at(0);
            if ((first == 'o' || first == 'n') && test.read(line, 0)) {
                flush();
                tests++;
                result(line, test.name(line, tests), test.verdict());
            } else if (first == '1' && line.ended() && TapLine.plan(line, 0) >= 0) {
                planned = Math.max(0, planned) + TapLine.plan(line, 0);
                cases.planned(planned);
            } else if (line.startsWith("Bail out!")) {
                stopped = line.text();
            } else if (!Line.isSpace(first) && first != '#' && isBuried(line.text())) {
                cases.unreadable(line.number(), line.text(), "ok or not ok at the beginning of a line");
            } else if (bad != null) {
                said.add(line.text());
            }
        }

        private void result(Line line, String name, Verdict verdict) {
            CaseResult found = new CaseResult(name, verdict, test.word(), null, test.why(line), null, line.number());
            if (verdict.isBad()) {
                bad = found;
            } else {
                cases.add(found, test.hash(line, name));
            }
        }

        private static boolean isBuried(String text) {
            return text.contains("ok ") && BURIED.matcher(text).matches();
        }

        private void flush() {
            CaseResult result = bad;
            if (result != null) {
                cases.add(result.withMessage((result.message() + "\n" + said.text()).strip()));
                bad = null;
                said.clear();
            }
        }

        @Override
        public String end() {
            flush();
            if (!stopped.isEmpty()) {
                return "it says: " + stopped;
            } else if (planned < 0) {
                return "it has no plan";
            }
            return planned == tests ? "" : "its plan says " + planned + " tests, " + tests + " were read";
        }
    }
}
