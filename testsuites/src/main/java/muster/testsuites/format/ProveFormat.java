package muster.testsuites.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What Perl's prove prints: {@code FILE .. ok}, {@code skipped: why}, {@code Failed N/M subtests}, {@code Dubious, test
 * returned N (wstat W)}, then {@code Files=N, Tests=M} and {@code Result: WORD}. A case is a test file; the tests in it are
 * told only as the message of a bad one. Who wants them one by one lets the suite write {@link TapFormat}.
 */
final class ProveFormat extends LineFormat {
    private static final Pattern STAMP = Pattern.compile("\\[[\\d:]{8}\\] ");
    private static final Pattern WORD =
            Pattern.compile("(?:\\d+/(?:\\d+|\\?) *)*(ok|skipped|Failed|Dubious|No subtests run)\\b(.*)");
    private static final Pattern STATUS = Pattern.compile(".*\\(wstat (\\d{1,5}).*");
    private static final Pattern FILES = Pattern.compile("Files=(\\d{1,9}), Tests=\\d+,.*");
    private static final Pattern VERBOSE = Pattern.compile("(?m)^\\S[^\\n]{0,500}?\\.t \\.\\.+ ");
    private static final int SIGNALS = 127;
    private static final int LENGTH_OF_STAMP = 11;

    ProveFormat() {
        super("prove", "^\\S[^\\n]{0,500}? \\.\\.+ (?:ok|skipped|Failed|Dubious)\\b|^Files=\\d+, Tests=\\d+,");
    }

    /** Whether it is what prove prints, even with the tests' own lines in it. */
    static boolean isSurely(String beginning) {
        return VERBOSE.matcher(beginning).find();
    }

    @Override
    Reading begin(Cases cases) {
        return new Output(cases);
    }

    /** What a file came to, and what stands behind that. */
    private record Decision(String word, String rest) {
        static final Decision NONE = new Decision("", "");
        static final Decision OK = new Decision("ok", "");
    }

    private static final class Output implements Reading {
        private final Cases cases;
        private final Excerpt said = new Excerpt();
        private @Nullable Name file;
        private @Nullable Decision word;
        private long fileLine;
        private boolean inSummary;
        private long files = -1;
        private boolean ended;
        private String stopped = "";

        Output(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            int dots = inSummary ? -1 : dots(line);
            int after = dots < 0 ? -1 : Math.min(line.length(), endOfDots(line, dots) + 1);
            if (dots > 0 && isResult(line, after)) {
                flush();
                int from = line.at(0) == '[' && STAMP.matcher(line.text()).lookingAt() ? LENGTH_OF_STAMP : 0;
                begin(line, Math.min(from, dots), dots, after);
            } else if (line.startsWith("Test Summary Report") || line.startsWith("All tests successful.")) {
                flush();
                inSummary = true;
            } else if (line.startsWith("Files=") && FILES.matcher(line.text()).matches()) {
                flush();
                inSummary = true;
                files = line.number("Files=".length(), line.indexOf(',', 0));
            } else if (line.startsWith("Result: ") && files >= 0 && line.ended()) {
                ended = true;
            } else if (line.startsWith("FAILED--Further testing stopped")) {
                stopped = line.text();
            } else if (!inSummary && file != null) {
                decide(line, 0);
            }
        }

        /** A file begins. Of one that is ok nothing else is kept, whatever is said behind it. */
        private void begin(Line line, int from, int dots, int after) {
            if (isOk(line, after)) {
                String name = line.text(from, dots);
                CaseResult ok = new CaseResult(name, Verdict.PASS, "ok", null, "", null, line.number());
                cases.add(ok, line.hash(from, dots));
            } else {
                file = line.name(from, dots);
                fileLine = line.number();
                decide(line, after);
            }
        }

        /** Where the space and the dots begin that stand between a file's name and its result; -1 where there are none. */
        private static int dots(Line line) {
            if (Line.isSpace(line.at(0))) {
                return -1;
            }
            for (int at = line.indexOf(' ', 1); at >= 0; at = line.indexOf(' ', at + 1)) {
                if (line.startsWith("..", at + 1)) {
                    int end = endOfDots(line, at);
                    if (end == line.length() || line.at(end) == ' ') {
                        return at;
                    }
                }
            }
            return -1;
        }

        private static int endOfDots(Line line, int dots) {
            int end = dots + 1;
            while (line.at(end) == '.') {
                end++;
            }
            return end;
        }

        private static boolean isOk(Line line, int from) {
            return line.length() == from + 2 && line.startsWith("ok", from);
        }

        private static boolean isResult(Line line, int from) {
            return isOk(line, from)
                    || line.isBlank(from)
                    || WORD.matcher(line.text(from)).lookingAt();
        }

        /** Takes what the line says, from there on, of the file that is tested. Of one that is ok nothing is kept. */
        private void decide(Line line, int from) {
            if (word == null && isOk(line, from)) {
                word = Decision.OK;
                return;
            }
            String text = line.text(from);
            Matcher decision = word == null ? WORD.matcher(text) : null;
            if (decision != null && decision.matches()) {
                word = new Decision(decision.group(1), decision.group(2).strip());
            }
            if (from == 0 || !text.isBlank()) {
                said.add(text);
            }
        }

        private void flush() {
            Name name = file;
            if (name == null) {
                return;
            }
            Decision decision = word == null ? Decision.NONE : word;
            String outcome = decision.word();
            String rest = decision.rest();
            Matcher status = outcome.equals("Dubious") ? STATUS.matcher(rest) : null;
            Integer code = status != null && status.matches() ? Integer.valueOf(status.group(1)) : null;
            int signal = code == null ? 0 : code & SIGNALS;
            Verdict verdict = switch (outcome) {
                case "ok" -> Verdict.PASS;
                case "skipped" -> Verdict.SKIP;
                case "Failed" -> Verdict.FAIL;
                case "Dubious" -> signal > 0 ? Verdict.UNRESOLVED : Verdict.FAIL;
                case "" -> Verdict.NORESULT;
                default -> Verdict.UNRESOLVED;
            };
            String message = switch (verdict) {
                case PASS -> "";
                case SKIP -> rest.startsWith(":") ? rest.substring(1).strip() : rest;
                default -> ((signal > 0 ? "signal " + signal : "") + "\n" + said.text()).strip();
            };
            cases.add(new CaseResult(name.text(), verdict, outcome, code, message, null, fileLine), name);
            file = null;
            word = null;
            said.clear();
        }

        @Override
        public String end() {
            flush();
            if (!stopped.isEmpty()) {
                return "it says: " + stopped;
            } else if (!ended) {
                return "it does not end with a Result line";
            }
            return files == cases.count() ? "" : "it says Files=" + files + ", " + cases.count() + " were read";
        }
    }
}
