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
        private boolean inLog;
        private boolean seenSummary;
        private String quitting = "";

        Summary(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Lines.Line line) {
            String text = line.text();
            if (text.startsWith(OF_LOG)) {
                inLog = true;
                seenSummary |= text.endsWith("@@@@ summary");
            } else if (inLog && !seenSummary) {
                return;
            } else if (end.take(line)) {
                flush();
            } else if (!text.isBlank() && !remark(text) && !(line.ended() && result(line.number(), text))) {
                cases.unreadable(line.number(), text, "NAME PASS|FAIL|SKIP|FLAKY");
            }
        }

        private boolean remark(String text) {
            if (text.startsWith("quitting:")) {
                quitting = text;
                return true;
            }
            boolean ofCase = text.startsWith("blame:") || text.startsWith("badpkg:") || text.startsWith("erroneous");
            if (ofCase) {
                said.add(text);
            }
            return ofCase;
        }

        private boolean result(long number, String text) {
            int nameEnd = text.indexOf(' ');
            if (nameEnd <= 0) {
                return false;
            }
            String rest = text.substring(nameEnd).stripLeading();
            int wordEnd = rest.indexOf(' ');
            String word = wordEnd < 0 ? rest : rest.substring(0, wordEnd);
            String why = wordEnd < 0 ? "" : rest.substring(wordEnd).strip();
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
            last = new CaseResult(text.substring(0, nameEnd), verdict, word, null, why, null, number);
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
                String message = remarks.isEmpty() ? result.message() : result.message() + "\n" + remarks;
                cases.add(new CaseResult(
                        result.name(),
                        result.verdict(),
                        result.nativeWord(),
                        null,
                        message.strip(),
                        null,
                        result.line()));
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
