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
        private @Nullable String file;
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
        public void take(Lines.Line line) {
            String text = line.text();
            int dots = inSummary ? -1 : dots(text);
            String rest = dots < 0 ? "" : afterDots(text, dots);
            if (dots > 0 && isResult(rest)) {
                flush();
                int from = text.charAt(0) == '[' && STAMP.matcher(text).lookingAt() ? LENGTH_OF_STAMP : 0;
                file = text.substring(Math.min(from, dots), dots);
                fileLine = line.number();
                decide(rest);
                if (!rest.isBlank()) {
                    said.add(rest);
                }
            } else if (text.startsWith("Test Summary Report") || text.startsWith("All tests successful.")) {
                flush();
                inSummary = true;
            } else if (text.startsWith("Files=") && FILES.matcher(text).matches()) {
                flush();
                inSummary = true;
                files = Long.parseLong(text, "Files=".length(), text.indexOf(','), 10);
            } else if (text.startsWith("Result: ") && files >= 0 && line.ended()) {
                ended = true;
            } else if (text.startsWith("FAILED--Further testing stopped")) {
                stopped = text;
            } else if (!inSummary && file != null) {
                decide(text);
                said.add(text);
            }
        }

        /** Where the space and the dots begin that stand between a file's name and its result; -1 where there are none. */
        private static int dots(String text) {
            if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                return -1;
            }
            for (int at = text.indexOf(" ..", 1); at >= 0; at = text.indexOf(" ..", at + 1)) {
                int end = endOfDots(text, at);
                if (end == text.length() || text.charAt(end) == ' ') {
                    return at;
                }
            }
            return -1;
        }

        private static int endOfDots(String text, int dots) {
            int end = dots + 1;
            while (end < text.length() && text.charAt(end) == '.') {
                end++;
            }
            return end;
        }

        private static String afterDots(String text, int dots) {
            return text.substring(Math.min(text.length(), endOfDots(text, dots) + 1));
        }

        private static boolean isResult(String rest) {
            return rest.equals("ok") || rest.isBlank() || WORD.matcher(rest).lookingAt();
        }

        private void decide(String text) {
            if (word != null) {
                return;
            }
            if (text.equals("ok")) {
                word = Decision.OK;
                return;
            }
            Matcher decision = WORD.matcher(text);
            if (decision.matches()) {
                word = new Decision(decision.group(1), decision.group(2).strip());
            }
        }

        private void flush() {
            String name = file;
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
            cases.add(new CaseResult(name, verdict, outcome, code, message, null, fileLine));
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
