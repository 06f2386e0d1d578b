package muster.testsuites.format;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What Python's regression tests print ({@code python -m test}). A case is a test file. One after another, {@code [ 9/14/1]
 * test_b -- test_a failed (why)} begins test_b and says what test_a came to where that was not good; side by side ({@code
 * -j}), {@code [ 9/14] test_a passed} ends it. The number of files after the bar is the plan. The summary at the end counts
 * them once more, and {@code Tests result:} (later {@code Result:}) is the last line.
 */
final class RegrtestFormat extends LineFormat {
    private static final List<String> WORDS = List.of(
            "passed",
            "failed",
            "skipped",
            "crashed",
            "timed out",
            "run no tests",
            "ran no tests",
            "worker non-zero exit code",
            "worker bug",
            "interrupted",
            "env changed",
            "resource denied",
            "uncaught exception");
    private static final Pattern SAID = Pattern.compile("(?:test )?(\\S+) (" + String.join("|", WORDS) + ")\\b(.*)");
    private static final Word PASSED = Word.of(" passed");
    private static final Word BEFORE = Word.of(" -- ");
    private static final Pattern OK = Pattern.compile("(?:All )?(\\d{1,9}) tests? OK\\.");
    private static final Pattern SIGNAL = Pattern.compile(".*Exit code -(\\d{1,3})\\b.*");

    RegrtestFormat() {
        super("regrtest", "^[^\\[\\n]{0,60}\\[ *\\d+/\\d+(?:/\\d+)?] test");
    }

    @Override
    Reading begin(Cases cases) {
        return new Output(cases);
    }

    private static final class Output implements Reading {
        private final Cases cases;
        private final RegrtestProgress progress = new RegrtestProgress();
        private final Excerpt said = new Excerpt();
        private @Nullable Name file;
        private int filePlace;
        private long fileLine;
        private String word = "";
        private String why = "";
        private int planned = -1;
        private long good;
        private long goodInSummary = -1;
        private boolean inSummary;
        private boolean ended;

        Output(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (!inSummary && progress.read(line)) {
                if (line.ended()) {
                    progress(line);
                }
            } else if (line.startsWith("== Tests result: ") || line.startsWith("== Result: ")) {
                flush();
                inSummary = true;
            } else if (inSummary) {
                summary(line.text(), line.ended());
            } else if (file != null) {
                said(line.text());
            }
        }

        private boolean isFile(String name) {
            return file != null && name.equals(file.text());
        }

        private void said(String text) {
            Matcher own = SAID.matcher(text);
            if (own.matches() && isFile(own.group(1))) {
                decide(own.group(2), own.group(3));
            }
            said.add(text);
        }

        private void progress(Line line) {
            if (planned < 0) {
                planned = progress.planned(line);
                cases.planned(planned);
            }
            int rest = progress.rest();
            if (file == null && line.endsWith(PASSED, rest)) {
                passed(progress.file(line), line.number());
            } else {
                otherProgress(line, rest);
            }
        }

        private void otherProgress(Line line, int rest) {
            if (line.startsWith(BEFORE, rest)) {
                Matcher before = SAID.matcher(line.text(rest + BEFORE.length()));
                if (before.matches() && isFile(before.group(1))) {
                    word = "";
                    decide(before.group(2), before.group(3));
                }
            }
            Name name = progress.file(line);
            String end = endedWith(line, rest);
            boolean runs = file != null && end != null && progress.place(line) == filePlace && name.equals(file);
            if (!runs) {
                flush();
            }
            file = name;
            filePlace = end == null ? progress.place(line) : 0;
            fileLine = line.number();
            if (end != null) {
                String after = line.text(rest + 1 + end.length());
                word = "";
                decide(end, after.isEmpty() ? "" : after.replaceFirst(" -- running:.*", ""));
                flush();
            }
        }

        /** One line tells that it ran and what it came to. */
        private void passed(Name name, long line) {
            good++;
            cases.add(new CaseResult(name.text(), Verdict.PASS, WORDS.getFirst(), null, "", null, line), name);
        }

        /** The word behind a space that says what a test came to; null where none stands there. */
        private static @Nullable String endedWith(Line line, int from) {
            if (line.at(from) != ' ') {
                return null;
            }
            for (String word : WORDS) {
                if (line.startsWith(word, from + 1)) {
                    char next = line.at(from + 1 + word.length());
                    boolean goesOn = next == '_' || (next < 128 && Character.isLetterOrDigit(next));
                    return goesOn ? null : word;
                }
            }
            return null;
        }

        private void decide(String outcome, String rest) {
            if (word.isEmpty()) {
                word = outcome;
                why = rest.isEmpty() ? "" : rest.replaceFirst("^ *(?:-- )?", "").strip();
            }
        }

        private void flush() {
            Name name = file;
            if (name == null) {
                return;
            }
            Matcher signal = why.isEmpty() ? null : SIGNAL.matcher(why);
            boolean signalled = signal != null && signal.matches();
            Verdict verdict = switch (word) {
                case "", "passed" -> Verdict.PASS;
                case "failed", "uncaught exception" -> why.contains("env changed") ? Verdict.WARNING : Verdict.FAIL;
                case "crashed" -> signalled ? Verdict.UNRESOLVED : Verdict.FAIL;
                case "skipped", "resource denied" -> Verdict.SKIP;
                case "run no tests", "ran no tests" -> Verdict.UNTESTED;
                case "env changed" -> Verdict.WARNING;
                default -> Verdict.UNRESOLVED;
            };
            good += verdict == Verdict.PASS ? 1 : 0;
            Integer code = verdict == Verdict.UNRESOLVED && signal != null && signalled
                    ? Integer.valueOf(signal.group(1))
                    : null;
            String message = verdict == Verdict.PASS ? "" : (why + "\n" + said.text()).strip();
            cases.add(new CaseResult(name.text(), verdict, word, code, message, null, fileLine), name);
            file = null;
            word = "";
            why = "";
            said.clear();
        }

        private void summary(String text, boolean whole) {
            Matcher ok = OK.matcher(text);
            if (ok.matches()) {
                goodInSummary = Long.parseLong(ok.group(1));
            } else if (text.startsWith("Tests result: ") || text.startsWith("Result: ")) {
                ended = whole;
            }
        }

        @Override
        public String end() {
            Name running = file;
            if (running != null && word.isEmpty()) {
                cases.add(new CaseResult(running.text(), Verdict.NORESULT, "", null, said.text(), null, fileLine));
            } else {
                flush();
            }
            if (!ended) {
                return "it does not end with its result";
            } else if (goodInSummary >= 0 && goodInSummary != good) {
                return "its summary says " + goodInSummary + " tests OK, " + good + " were read";
            }
            return planned == cases.count() ? "" : planned + " tests were to run, " + cases.count() + " were read";
        }
    }
}
