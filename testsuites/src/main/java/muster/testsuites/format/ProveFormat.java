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
    private static final Pattern FILE = Pattern.compile("(?:\\[[\\d:]{8}\\] )?(\\S[^\\r]*?) \\.\\.+(?: (.*))?");
    private static final Pattern WORD =
            Pattern.compile("(?:\\d+/(?:\\d+|\\?) *)*(ok|skipped|Failed|Dubious|No subtests run)\\b(.*)");
    private static final Pattern STATUS = Pattern.compile(".*\\(wstat (\\d{1,5}).*");
    private static final Pattern FILES = Pattern.compile("Files=(\\d{1,9}), Tests=\\d+,.*");
    private static final Pattern VERBOSE = Pattern.compile("(?m)^\\S[^\\n]{0,500}?\\.t \\.\\.+ ");
    private static final int SIGNALS = 127;

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

    private static final class Output implements Reading {
        private final Cases cases;
        private final Excerpt said = new Excerpt();
        private @Nullable String file;
        private @Nullable Matcher word;
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
            Matcher begins = !inSummary && text.contains(" ..") ? FILE.matcher(text) : null;
            if (begins != null && begins.matches() && isResult(begins.group(2))) {
                flush();
                file = begins.group(1);
                fileLine = line.number();
                String rest = begins.group(2) == null ? "" : begins.group(2);
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

        private static boolean isResult(@Nullable String rest) {
            return rest == null || rest.isBlank() || WORD.matcher(rest).lookingAt();
        }

        private void decide(String text) {
            Matcher decision = WORD.matcher(text);
            if (word == null && decision.matches()) {
                word = decision;
            }
        }

        private void flush() {
            String name = file;
            if (name == null) {
                return;
            }
            Matcher decision = word;
            String outcome = decision == null ? "" : decision.group(1);
            String rest = decision == null ? "" : decision.group(2).strip();
            Matcher status = STATUS.matcher(rest);
            Integer code = outcome.equals("Dubious") && status.matches() ? Integer.valueOf(status.group(1)) : null;
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
