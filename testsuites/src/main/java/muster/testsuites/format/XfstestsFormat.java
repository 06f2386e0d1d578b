package muster.testsuites.format;

import java.time.Duration;
import java.util.Set;
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
    private static final Pattern WORD = Pattern.compile(
            ".*?(?:\\[(not run|expunged|dry-run|failed|skipped)\\b[,\\]]?|- (output mismatch)|(_check_\\w+:)).*");
    private static final Set<String> SKIPPED = Set.of("not run", "expunged", "dry-run", "skipped");
    private static final Pattern CODE = Pattern.compile(".*\\[failed, exit status (\\d{1,9})].*");
    private static final Pattern END = Pattern.compile("(?:Passed all \\d+ tests|Failed \\d+ of \\d+ tests)\\s*");
    private static final Shape NUMBER = Shape.of("/000");
    private static final int LONGEST_NUMBER = "/00000".length();
    private static final Word DOTS = Word.of("...");
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
        /** That of the last test, for mostly the next is of the same. */
        private Word group = Word.of("generic/");

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
        public void take(Line line) {
            char first = line.at(0);
            int end = first >= 'a' && first <= 'z' ? endOfName(line) : -1;
            if (end > 0) {
                flush();
                inSummary = false;
                ended = false;
                begin(line, end);
            } else if (line.startsWith(SECTION)) {
                flush();
                section = line.text(SECTION.length()).strip() + ": ";
            } else if (line.startsWith("Ran: ") || line.startsWith("Not run: ") || line.startsWith("Failures: ")) {
                flush();
                inSummary = true;
            } else if ((first == 'P' || first == 'F')
                    && END.matcher(line.text()).matches()) {
                flush();
                ended = line.ended();
            } else if (name != null && !inSummary) {
                said.add(withoutTime(line.text()));
            }
        }

        /** A test begins, and where the line tells the time that it took, it also ends. */
        private void begin(Line line, int end) {
            String test = section.isEmpty() ? line.text(0, end) : section + line.text(0, end);
            int seconds = seconds(line, end);
            if (seconds >= 0) {
                Duration took = Duration.ofSeconds(seconds);
                CaseResult passed = new CaseResult(test, Verdict.PASS, "", null, "", took, line.number());
                cases.add(
                        passed,
                        section.isEmpty() ? line.hash(0, end) : Name.of(test).hash());
            } else {
                name = test;
                rest = line.text(end).strip();
                nameLine = line.number();
            }
        }

        /** Where the name of a test ends, a group, a slash and three to five digits; -1 where none begins the line. */
        private int endOfName(Line line) {
            int slash = line.startsWith(group, 0) ? group.length() - 1 : endOfGroup(line);
            if (slash == 0 || !line.startsWith(NUMBER, slash)) {
                return -1;
            }
            int end = line.afterDigits(slash + NUMBER.length());
            return end > slash + LONGEST_NUMBER || goesOn(line.at(end)) ? -1 : end;
        }

        private int endOfGroup(Line line) {
            int slash = 0;
            while (isOfGroup(line.at(slash))) {
                slash++;
            }
            if (slash > 0 && slash < Word.LONGEST && line.at(slash) == '/') {
                group = Word.of(line.text(0, slash + 1));
            }
            return slash;
        }

        private static boolean isOfGroup(char c) {
            return (c >= 'a' && c <= 'z') || Line.isDigit(c) || c == '_' || c == '-';
        }

        private static boolean goesOn(char c) {
            return c != ' ' && (c == '/' || c == '.' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
        }

        /** The last of {@code 5s ... 4s}, {@code ... 4s} or {@code 4s} behind a space; -1 where anything else stands there. */
        private static int seconds(Line line, int from) {
            int begin = line.afterSpaces(from);
            int end = afterSeconds(line, begin);
            int next = line.afterSpaces(end);
            if (next < line.length()) {
                begin = line.startsWith(DOTS, next) ? line.afterSpaces(next + DOTS.length()) : next;
                end = afterSeconds(line, begin);
            }
            boolean told = end > begin && line.at(begin - 1) == ' ' && line.afterSpaces(end) == line.length();
            return told ? line.number(begin, end - 1) : -1;
        }

        /** The place behind so many seconds; {@code from}, where none stand there. */
        private static int afterSeconds(Line line, int from) {
            int end = line.afterDigits(from);
            boolean number = end > from && end - from <= Line.MOST_DIGITS;
            return number && line.at(end) == 's' ? end + 1 : from;
        }

        private static String withoutTime(String text) {
            String head = text.stripLeading();
            int tab = head.indexOf('\t');
            return tab > 0 && (head.startsWith("--- ") || head.startsWith("+++ "))
                    ? text.substring(0, text.length() - head.length() + tab)
                    : text;
        }

        private void flush() {
            if (name != null) {
                flush(name);
            }
        }

        private void flush(String test) {
            String after = said.text();
            String line = isOpen() ? firstLine(after) : rest;
            Matcher word = WORD.matcher(line);
            boolean worded = word.matches();
            String outcome = worded ? firstOf(word) : isOpen() ? "" : rest;
            Verdict verdict;
            if (worded) {
                verdict = SKIPPED.contains(outcome) ? Verdict.SKIP : Verdict.FAIL;
            } else {
                verdict = isOpen() ? Verdict.NORESULT : Verdict.UNRESOLVED;
            }
            String message = verdict == Verdict.SKIP
                    ? rest.substring(rest.indexOf(']') + 1).strip()
                    : (rest + "\n" + after).strip();
            Matcher code = CODE.matcher(rest);
            Integer exit = worded && code.matches() ? Integer.valueOf(code.group(1)) : null;
            cases.add(new CaseResult(test, verdict, outcome, exit, message, null, nameLine));
            name = null;
            said.clear();
        }

        /** Whether nothing stands behind the name that says what the test came to. */
        private boolean isOpen() {
            return rest.isEmpty() || rest.endsWith(DOTS.text());
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
