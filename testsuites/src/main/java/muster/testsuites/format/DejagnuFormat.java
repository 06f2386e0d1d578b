package muster.testsuites.format;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;

/**
 * DejaGnu's summary file, {@code TOOL.sum}: {@code WORD: name}, the word one of POSIX 1003.3's and of KPASS, KFAIL, ERROR and
 * WARNING. Where the tests run on several targets ({@code Schedule of variations}, {@code Running target}), the name
 * begins with the target. {@code NOTE}, {@code PATH} and {@code DUPLICATE} are remarks. The last summary counts the results, and
 * is how a journal that was cut is told; several tools' files may stand behind each other.
 */
final class DejagnuFormat extends LineFormat {
    private static final Map<String, Verdict> SUMMARY = Map.ofEntries(
            Map.entry("expected passes", Verdict.PASS),
            Map.entry("unexpected failures", Verdict.FAIL),
            Map.entry("unexpected successes", Verdict.XPASS),
            Map.entry("unknown successes", Verdict.XPASS),
            Map.entry("expected failures", Verdict.XFAIL),
            Map.entry("known failures", Verdict.XFAIL),
            Map.entry("unresolved testcases", Verdict.UNRESOLVED),
            Map.entry("untested testcases", Verdict.UNTESTED),
            Map.entry("unsupported tests", Verdict.UNSUPPORTED));

    private static final Set<Verdict> COUNTED = Collections.unmodifiableSet(EnumSet.copyOf(SUMMARY.values()));
    private static final Set<String> REMARKS = Set.of("NOTE", "PATH", "DUPLICATE");
    private static final String TARGET = "Running target ";
    private static final String COUNT = "# of ";

    DejagnuFormat() {
        super("dejagnu", "^(?:Test [Rr]un [Bb]y |Running target |\\t\\t=== [^\\n]{1,200} tests ===)");
    }

    @Override
    Reading begin(Cases cases) {
        return new Sum(cases);
    }

    private static final class Sum implements Reading {
        private final Cases cases;
        private boolean inSchedule;
        private int scheduled;
        private String target = "";
        private boolean several;
        private boolean running;
        private boolean inSummary;
        private long results;
        private long counted;
        private String before = "";

        Sum(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (line.isEmpty()) {
                return;
            }
            char first = line.at(0);
            if (inSchedule) {
                inSchedule = first == ' ';
                scheduled += inSchedule ? 1 : 0;
            }
            if (first >= 'A' && first <= 'Z') {
                capital(line);
            } else if (first == '\t' || first == '=') {
                heading(line.text().strip());
            } else if (first == '#' && inSummary && line.ended()) {
                count(line.text());
            }
        }

        private void capital(Line line) {
            int end = line.afterCapitals(0);
            boolean colon = line.at(end) == ':';
            if (colon && line.at(end + 1) == ' ' && end + 2 < line.length()) {
                result(line, line.meant(0, end), end + 2);
            } else if (line.startsWith(TARGET)) {
                String next = line.text(TARGET.length()).strip();
                several = scheduled > 1 || (!target.isEmpty() && !target.equals(next));
                target = next;
                running = true;
            } else if (line.startsWith("Schedule of variations")) {
                inSchedule = true;
                scheduled = 0;
            } else if (line.startsWith("Running ")) {
                running = true;
            } else if (colon && line.meant(0, end).verdict() != null) {
                cases.unreadable(line.number(), line.text(), "WORD: name");
            }
        }

        private void result(Line line, RecentWords.Meant meant, int nameAt) {
            String word = meant.text();
            Verdict verdict = meant.verdict();
            if (verdict == null && (!running || inSummary || REMARKS.contains(word))) {
                return;
            }
            if (!line.ended()) {
                cases.unreadable(line.number(), line.text(), "a whole line WORD: name");
                return;
            }
            int from = line.afterSpaces(nameAt);
            Name own = line.name(from, line.beforeSpaces(from, line.length()));
            Verdict found = verdict == null ? Verdict.UNRESOLVED : verdict;
            if (several) {
                cases.add(result(target + ": " + own.text(), found, word, line));
            } else {
                cases.add(result(own.text(), found, word, line), own);
            }
            inSummary = false;
            results += verdict != null && COUNTED.contains(verdict) && !word.equals("ERROR") ? 1 : 0;
        }

        private static CaseResult result(String name, Verdict verdict, String word, Line line) {
            return new CaseResult(name, verdict, word, null, "", null, line.number());
        }

        private void heading(String text) {
            if (!text.startsWith("=== ") || !text.endsWith(" ===")) {
                return;
            }
            if (text.endsWith(" tests ===")) {
                before = before.isEmpty() ? why() : before;
                results = 0;
                counted = 0;
                inSummary = false;
                target = "";
                scheduled = 0;
                several = false;
            } else if (text.contains(" Summary")) {
                counted = 0;
                inSummary = text.endsWith(" Summary ===");
            }
        }

        private void count(String text) {
            int tab = text.indexOf('\t');
            if (text.startsWith(COUNT)
                    && tab > 0
                    && SUMMARY.containsKey(text.substring(COUNT.length(), tab).strip())) {
                counted += Math.max(0, Texts.number(text.substring(tab).strip()));
            }
        }

        /** What speaks against the tool whose results were last; nothing at the very beginning. */
        private String why() {
            if (cases.count() == 0) {
                return "";
            }
            return !inSummary
                    ? "it has no summary"
                    : counted == results ? "" : "its summary counts " + counted + " results, " + results + " were read";
        }

        @Override
        public String end() {
            String last = why();
            return last.isEmpty() ? before : last;
        }
    }
}
