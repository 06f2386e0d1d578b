package muster.testsuites.format;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the check script of xfstests prints: {@code generic/001 5s ... 4s}, {@code [not run] why}, {@code [expunged]}, {@code
 * [failed, exit status N]}, {@code - output mismatch}. A failure is followed by a diff. Everything is derived from these lines,
 * for the meaning of {@code Ran:} changed between versions; {@code Passed all} or {@code Failed} is the end. Where the
 * tests run in sections ({@code SECTION -- name}), the name begins with the section.
 */
final class XfstestsFormat extends LineFormat {
    private static final Pattern TEST = Pattern.compile("([a-z][a-z0-9_-]*/\\d{3,5})(?![\\w/.])(.*)");
    private static final Pattern WORD = Pattern.compile(
            ".*?(?:\\[(not run|expunged|dry-run|failed|skipped)\\b[,\\]]?|- (output mismatch)|(_check_\\w+:)).*");
    private static final Pattern CODE = Pattern.compile(".*\\[failed, exit status (\\d{1,9})].*");
    private static final Pattern SECONDS = Pattern.compile("(?:\\s+\\d+s)?(?:\\s+\\.\\.\\.)?\\s+(\\d{1,9})s\\s*");
    private static final Pattern END = Pattern.compile("(?:Passed all \\d+ tests|Failed \\d+ of \\d+ tests)\\s*");
    private static final String SECTION = "SECTION       -- ";

    XfstestsFormat() {
        super("xfstests", "^[a-z][a-z0-9_-]*/\\d{3,5}(?:\\s+\\d+s|\\s+\\.\\.\\.|\\s+\\[|\\s+- output)");
    }

    @Override
    Reading begin(Cases cases) {
        return new Check(cases);
    }

    private static final class Check implements Reading {
        private final Cases cases;
        private final Excerpt said = new Excerpt();
        private String section = "";
        private @Nullable String name;
        private String rest = "";
        private long nameLine;
        private boolean ended;
        private boolean inSummary;

        Check(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Lines.Line line) {
            String text = line.text();
            char first = text.isEmpty() ? ' ' : text.charAt(0);
            Matcher test = first >= 'a' && first <= 'z' ? TEST.matcher(text) : null;
            if (test != null && test.matches()) {
                flush();
                inSummary = false;
                ended = false;
                name = section + test.group(1);
                rest = test.group(2);
                nameLine = line.number();
            } else if (text.startsWith(SECTION)) {
                flush();
                section = text.substring(SECTION.length()).strip() + ": ";
            } else if (text.startsWith("Ran: ") || text.startsWith("Not run: ") || text.startsWith("Failures: ")) {
                flush();
                inSummary = true;
            } else if (END.matcher(text).matches()) {
                flush();
                ended = line.ended();
            } else if (name != null && !inSummary) {
                said.add(withoutTime(text));
            }
        }

        private static String withoutTime(String text) {
            String head = text.stripLeading();
            int tab = head.indexOf('\t');
            return tab > 0 && (head.startsWith("--- ") || head.startsWith("+++ "))
                    ? text.substring(0, text.length() - head.length() + tab)
                    : text;
        }

        private void flush() {
            String test = name;
            if (test == null) {
                return;
            }
            String shown = rest.strip();
            String after = said.text();
            Matcher seconds = SECONDS.matcher(rest);
            Matcher word = WORD.matcher(shown.isEmpty() || shown.endsWith("...") ? firstLine(after) : shown);
            boolean worded = word.matches();
            String outcome = worded ? firstOf(word) : "";
            Matcher code = CODE.matcher(shown);
            Duration took = null;
            Verdict verdict;
            if (worded) {
                verdict = switch (outcome) {
                    case "not run", "expunged", "dry-run", "skipped" -> Verdict.SKIP;
                    default -> Verdict.FAIL;
                };
            } else if (seconds.matches()) {
                verdict = Verdict.PASS;
                took = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
            } else {
                verdict = shown.isEmpty() || shown.endsWith("...") ? Verdict.NORESULT : Verdict.UNRESOLVED;
                outcome = verdict == Verdict.NORESULT ? "" : shown;
            }
            String message = switch (verdict) {
                case PASS -> "";
                case SKIP ->
                    shown.substring(Math.min(shown.length(), shown.indexOf(']') + 1))
                            .strip();
                default -> (shown + "\n" + after).strip();
            };
            Integer exit = code.matches() ? Integer.valueOf(code.group(1)) : null;
            cases.add(new CaseResult(test, verdict, outcome, exit, message, took, nameLine));
            name = null;
            said.clear();
        }

        private static String firstLine(String text) {
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        }

        private static String firstOf(Matcher word) {
            for (int group = 1; group <= word.groupCount(); group++) {
                if (word.group(group) != null) {
                    return word.group(group);
                }
            }
            throw new IllegalStateException("no group matched");
        }

        @Override
        public String end() {
            flush();
            return ended ? "" : "it does not end with Passed all or Failed";
        }
    }
}
