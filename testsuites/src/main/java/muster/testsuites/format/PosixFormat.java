package muster.testsuites.format;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The logfile of the Open POSIX Test Suite: {@code TEST: STEP: WORD}, the step one of build, link and execution. Where
 * the word is not PASS, what the compiler or the test wrote follows, on the same line and on those after it.
 *
 * <p>A case is a test file. What its execution came to decides; where it was not executed, a build or link that FAILED is
 * UNRESOLVED, a link that says SKIP is that of a test which is only built, and passes, and a test that was built or linked
 * and never executed has NORESULT. Those come last, for only the end shows them.
 *
 * <p>The format has no end of its own: a suite that writes it adds {@code END: N}, N being the number of test files. It may
 * tell how long an execution took, after what that wrote: {@code TEST: took: N ms}.
 */
final class PosixFormat extends LineFormat {
    /** Characters of names and of compilers' messages that are held for tests not yet executed. */
    private static final int MOST_HELD = 4 << 20;

    private static final Pattern OUTPUT = Pattern.compile("^: (Compiler output|Linker output|Output): *");
    private static final String EXECUTION = "execution";
    private static final Word[] STEPS = {Word.of(EXECUTION + ": "), Word.of("build: "), Word.of("link: ")};
    private static final String[] NAMES = {EXECUTION, "build", "link"};
    private static final String TOOK = "took: ";
    private static final Pattern MILLISECONDS = Pattern.compile("(\\d{1,12}) ms");

    PosixFormat() {
        super("posix", "^\\S+: (?:build|link|execution): [A-Z]+");
    }

    @Override
    Reading begin(Cases cases) {
        return new Logfile(cases);
    }

    /** A step of a test and what it came to. */
    private record Step(String step, String word, long line, String message) {
        /** Whether the next step of the same test does not simply take its place. */
        boolean decides() {
            return step.equals(EXECUTION) || word.equals("FAILED");
        }

        CaseResult result(String name) {
            boolean failed = word.equals("FAILED");
            boolean builtOnly = step.equals("link") && word.equals("SKIP");
            Verdict verdict = failed ? Verdict.UNRESOLVED : builtOnly ? Verdict.PASS : Verdict.NORESULT;
            String said = step + ": " + word + (failed || builtOnly ? "" : ", and never executed");
            return new CaseResult(
                    name, verdict, word, null, message.isEmpty() ? said : said + "\n" + message, null, line);
        }
    }

    private static final class Logfile implements Reading {
        private final Cases cases;
        private final EndLine end = new EndLine();
        private final SequencedMap<String, Step> notExecuted = new LinkedHashMap<>();
        private final Excerpt said = new Excerpt();
        private int held;
        private @Nullable Name name;
        private @Nullable Step step;
        private @Nullable Duration took;

        Logfile(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (end.take(line)) {
                flush();
                return;
            }
            int space = line.indexOf(' ', 0);
            if (space < 2 || line.at(space - 1) != ':' || !(begins(line, space) || tellsTime(line, space))) {
                said.add(line.text());
            }
        }

        /** Whether this line is about how long the execution took that was told last. */
        private boolean tellsTime(Line line, int space) {
            if (!line.startsWith(TOOK, space + 1) || !line.name(0, space - 1).equals(name)) {
                return false;
            }
            Matcher time = MILLISECONDS.matcher(line.text(space + 1 + TOOK.length()));
            if (!time.matches()) {
                return false;
            }
            took = Duration.ofMillis(Long.parseLong(time.group(1)));
            return true;
        }

        /** Whether a step begins on this line. */
        private boolean begins(Line line, int space) {
            String next = stepAt(line, space + 1);
            if (next == null) {
                return false;
            }
            int from = space + 1 + next.length() + 2;
            int to = line.afterCapitals(from);
            if (to == from || (to == line.length() && !line.ended())) {
                flush();
                cases.unreadable(line.number(), line.text(), "TEST: build|link|execution: WORD");
                return true;
            }
            Name before = name;
            boolean same = before != null && line.after(before, 0) == space - 1;
            Name test = before != null && same ? before : line.name(0, space - 1);
            if (step == null || step.decides() || !same) {
                flush();
            }
            said.clear();
            name = test;
            took = null;
            step = new Step(next, line.word(from, to), line.number(), "");
            if (to < line.length()) {
                String rest = OUTPUT.matcher(line.text(to)).replaceFirst("").strip();
                if (!rest.isEmpty()) {
                    said.add(rest);
                }
            }
            return true;
        }

        private static @Nullable String stepAt(Line line, int at) {
            for (int i = 0; i < STEPS.length; i++) {
                if (line.startsWith(STEPS[i], at)) {
                    return NAMES[i];
                }
            }
            return null;
        }

        private void flush() {
            Name test = name;
            Step ended = step;
            if (test != null && ended != null) {
                boolean executed = ended.step().equals(EXECUTION);
                if (executed) {
                    forget(test.text());
                    Verdict meant = NativeWords.verdict(ended.word());
                    Verdict verdict = meant == null ? Verdict.UNRESOLVED : meant;
                    cases.add(
                            new CaseResult(test.text(), verdict, ended.word(), null, said.text(), took, ended.line()),
                            test);
                } else {
                    hold(test.text(), ended);
                }
            }
            name = null;
            step = null;
            took = null;
            said.clear();
        }

        private void hold(String test, Step ended) {
            Step before = notExecuted.get(test);
            if (before != null && before.word().equals("FAILED")) {
                return;
            }
            forget(test);
            Step with = new Step(ended.step(), ended.word(), ended.line(), said.text());
            held += test.length() + with.message().length() + 100;
            if (held > MOST_HELD) {
                cases.stop("more tests are built and not executed than are held; the next is on line " + ended.line());
                return;
            }
            notExecuted.put(test, with);
        }

        private void forget(String test) {
            Step before = notExecuted.isEmpty() ? null : notExecuted.remove(test);
            if (before != null) {
                held -= test.length() + before.message().length() + 100;
            }
        }

        @Override
        public String end() {
            flush();
            notExecuted.forEach((test, last) -> cases.add(last.result(test)));
            return end.end(cases);
        }
    }
}
