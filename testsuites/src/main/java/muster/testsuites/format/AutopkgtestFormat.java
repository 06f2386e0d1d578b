package muster.testsuites.format;

import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The summary of Debian's autopkgtest: {@code NAME WORD [WHY]}, the word one of PASS, FAIL, SKIP and FLAKY; also at the end
 * of its whole log, from the line that says {@code summary}. {@code FAIL badpkg} is no verdict on the test: its packages
 * could not be installed. FLAKY is a failure of a test that says of itself that it may fail: a remark. {@code blame:} and
 * {@code badpkg:} lines belong to the result before them; {@code quitting:} says that autopkgtest itself gave up.
 *
 * <p>The format has no end of its own: a suite that writes it adds {@code END: N}.
 */
final class AutopkgtestFormat extends LineFormat {

    AutopkgtestFormat() {
        super("autopkgtest", "\\A(?:autopkgtest \\[|[^\\s:]+ +(?:PASS|FAIL|SKIP|FLAKY)(?: |$))");
    }

    @Override
    Reading begin(Cases cases) {
        return new Summary(cases);
    }

    private static final class Summary implements Reading {
        private static final String OF_LOG = "autopkgtest [";

        private final Cases cases;
        private final EndLine end = new EndLine();
        private final Excerpt said = new Excerpt();
        private @Nullable CaseResult last;
        private Name lastName = Name.of("");
        private boolean inLog;
        private boolean seenSummary;
        private String quitting = "";

        Summary(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (line.startsWith(OF_LOG)) {
                inLog = true;
                seenSummary |= line.endsWith("@@@@ summary");
            } else if (inLog && !seenSummary) {
                return;
            } else if (end.take(line)) {
                flush();
            } else if (!line.isBlank() && !remark(line) && !(line.ended() && result(line))) {
                cases.unreadable(line.number(), line.text(), "NAME PASS|FAIL|SKIP|FLAKY");
            }
        }

        private boolean remark(Line line) {
            if (line.startsWith("quitting:")) {
                quitting = line.text();
                return true;
            }
            boolean ofCase = line.startsWith("blame:") || line.startsWith("badpkg:") || line.startsWith("erroneous");
            if (ofCase) {
                said.add(line.text());
            }
            return ofCase;
        }

        private boolean result(Line line) {
            int nameEnd = line.indexOf(' ', 0);
            if (nameEnd <= 0) {
                return false;
            }
            int wordAt = line.afterSpaces(nameEnd);
            int space = line.indexOf(' ', wordAt);
            int wordEnd = space < 0 ? line.length() : space;
            String word = line.word(wordAt, wordEnd);
            String why = line.stripped(wordEnd, line.length());
            Verdict verdict = switch (word) {
                case "PASS" -> why.equals("(superficial)") ? Verdict.WARNING : Verdict.PASS;
                case "FAIL" -> why.startsWith("badpkg") ? Verdict.UNRESOLVED : Verdict.FAIL;
                case "SKIP" -> Verdict.SKIP;
                case "FLAKY" -> Verdict.WARNING;
                default -> Verdict.UNRESOLVED;
            };
            if (verdict == Verdict.UNRESOLVED && !word.equals("FAIL") && !isWord(word)) {
                return false;
            }
            flush();
            lastName = line.name(0, nameEnd);
            last = new CaseResult(lastName.text(), verdict, word, null, why, null, line.number());
            return true;
        }

        /** Whether it could be a word of a later autopkgtest. */
        private static boolean isWord(String word) {
            return !word.isEmpty() && word.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        }

        private void flush() {
            CaseResult result = last;
            if (result != null) {
                String remarks = said.text();
                String message = remarks.isEmpty() ? result.message() : (result.message() + "\n" + remarks).strip();
                cases.add(remarks.isEmpty() ? result : result.withMessage(message), lastName);
                last = null;
            }
            said.clear();
        }

        @Override
        public String end() {
            flush();
            if (inLog && !seenSummary) {
                return "it stops before its summary";
            }
            String why = end.end(cases);
            return quitting.isEmpty() ? why : "autopkgtest gave up: " + quitting;
        }
    }
}
