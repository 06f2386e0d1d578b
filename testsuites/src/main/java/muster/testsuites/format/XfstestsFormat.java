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
    private static final String OF_GROUP = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final Pattern WORD = Pattern.compile(
            ".*?(?:\\[(not run|expunged|dry-run|failed|skipped)\\b[,\\]]?|- (output mismatch)|(_check_\\w+:)).*");
    private static final Pattern CODE = Pattern.compile(".*\\[failed, exit status (\\d{1,9})].*");
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
            int end = first >= 'a' && first <= 'z' ? endOfName(text) : -1;
            if (end > 0) {
                flush();
                inSummary = false;
                ended = false;
                name = section + text.substring(0, end);
                rest = text.substring(end);
                nameLine = line.number();
            } else if (text.startsWith(SECTION)) {
                flush();
                section = text.substring(SECTION.length()).strip() + ": ";
            } else if (text.startsWith("Ran: ") || text.startsWith("Not run: ") || text.startsWith("Failures: ")) {
                flush();
                inSummary = true;
            } else if ((first == 'P' || first == 'F') && END.matcher(text).matches()) {
                flush();
                ended = line.ended();
            } else if (name != null && !inSummary) {
                said.add(withoutTime(text));
            }
        }

        /** Where the name of a test ends, letters and digits, a slash and three to five digits; -1 where none begins the line. */
        private static int endOfName(String text) {
            int at = 1;
            while (at < text.length() && OF_GROUP.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            int from = at + 1;
            if (at == text.length() || text.charAt(at) != '/') {
                return -1;
            }
            at = from;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            boolean number = at - from >= 3 && at - from <= 5;
            char next = at < text.length() ? text.charAt(at) : ' ';
            boolean goesOn =
                    next == '/' || next == '.' || next == '_' || (next < 128 && Character.isLetterOrDigit(next));
            return number && !goesOn ? at : -1;
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
            String line = shown.isEmpty() || shown.endsWith("...") ? firstLine(after) : shown;
            boolean perhaps = line.indexOf('[') >= 0 || line.indexOf('-') >= 0 || line.indexOf('_') >= 0;
            Matcher word = perhaps ? WORD.matcher(line) : null;
            boolean worded = word != null && word.matches();
            String outcome = word != null && worded ? firstOf(word) : "";
            int seconds = worded ? -1 : seconds(rest);
            Duration took = null;
            Verdict verdict;
            if (worded) {
                verdict = switch (outcome) {
                    case "not run", "expunged", "dry-run", "skipped" -> Verdict.SKIP;
                    default -> Verdict.FAIL;
                };
            } else if (seconds >= 0) {
                verdict = Verdict.PASS;
                took = Duration.ofSeconds(seconds);
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
            Matcher code = worded ? CODE.matcher(shown) : null;
            Integer exit = code != null && code.matches() ? Integer.valueOf(code.group(1)) : null;
            cases.add(new CaseResult(test, verdict, outcome, exit, message, took, nameLine));
            name = null;
            said.clear();
        }

        /** The last of {@code 5s ... 4s}, {@code ... 4s} or {@code 4s} behind a space; -1 where anything else stands there. */
        private static int seconds(String rest) {
            String text = rest.stripTrailing();
            int from = text.lastIndexOf(' ') + 1;
            if (from == 0 || !text.endsWith("s")) {
                return -1;
            }
            String before = text.substring(0, from).strip();
            String old = before.endsWith("...")
                    ? before.substring(0, before.length() - 3).strip()
                    : before;
            boolean usual = old.isEmpty() || (old.endsWith("s") && Texts.number(old, 0, old.length() - 1) >= 0);
            return usual ? Texts.number(text, from, text.length() - 1) : -1;
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
