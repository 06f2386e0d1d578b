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

    private static @Nullable Verdict verdict(String word) {
        return switch (word) {
            case "PASS" -> Verdict.PASS;
            case "FAIL" -> Verdict.FAIL;
            case "SKIP" -> Verdict.SKIP;
            case "FLAKY" -> Verdict.WARNING;
            case "" -> null;
            // it could be a word of a later autopkgtest
            default -> Verdict.UNRESOLVED;
        };
    }

    @Override
    Reading begin(Cases cases) {
        return new Summary(cases);
    }

    private static final class Summary implements Reading {
        private static final Word OF_LOG = Word.of("autopkgtest [");
        private static final Word QUITTING = Word.of("quitting:");
        private static final Word BLAME = Word.of("blame:");
        private static final Word BAD_PACKAGE = Word.of("badpkg:");
        private static final Word ERRONEOUS = Word.of("erroneous");
        private static final Word PASSED = Word.of(" PASS");

        private final Cases cases;
        private final EndLine end = new EndLine();
        private final Excerpt said = new Excerpt();
        private final RecentWords words = new RecentWords(AutopkgtestFormat::verdict);
        private @Nullable CaseResult last;
        /** Of its name. */
        private long lastHash;

        private boolean inLog;
        private boolean seenSummary;
        private String quitting = "";

        Summary(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            char first = line.at(0);
            if (first == 'a' && line.startsWith(OF_LOG, 0)) {
                inLog = true;
                seenSummary |= line.endsWith("@@@@ summary");
            } else if (inLog && !seenSummary) {
                return;
            } else if (end.take(line)) {
                flush();
            } else if (!remark(first, line) && !(line.ended() && result(line)) && !line.isBlank()) {
                cases.unreadable(line.number(), line.text(), "NAME PASS|FAIL|SKIP|FLAKY");
            }
        }

        private boolean remark(char first, Line line) {
            if (first == 'q' && line.startsWith(QUITTING, 0)) {
                quitting = line.text();
                return true;
            }
            boolean ofCase = (first == 'b' && (line.startsWith(BLAME, 0) || line.startsWith(BAD_PACKAGE, 0)))
                    || (first == 'e' && line.startsWith(ERRONEOUS, 0));
            if (ofCase) {
                said.add(line.text());
            }
            return ofCase;
        }

        private boolean result(Line line) {
            int nameEnd = line.indexOf(' ', 0);
            if (nameEnd <= 0) {
                return false;
            } else if (line.endsWith(PASSED, nameEnd)) {
                hold(line, nameEnd, Verdict.PASS, "PASS", "");
                return true;
            }
            return otherResult(line, nameEnd);
        }

        private boolean otherResult(Line line, int nameEnd) {
            int wordAt = line.afterSpaces(nameEnd);
            int wordEnd = line.afterCapitals(wordAt);
            RecentWords.Meant word = words.word(line, wordAt, wordEnd);
            Verdict verdict = word.verdict();
            if (verdict == null || !(wordEnd == line.length() || line.at(wordEnd) == ' ')) {
                return false;
            }
            String why = line.stripped(wordEnd, line.length());
            hold(line, nameEnd, verdict(verdict, why), word.text(), why);
            return true;
        }

        /** A result to which remarks may follow. */
        private void hold(Line line, int nameEnd, Verdict verdict, String word, String why) {
            flush();
            lastHash = line.hash(0, nameEnd);
            last = new CaseResult(line.text(0, nameEnd), verdict, word, null, why, null, line.number());
        }

        private static Verdict verdict(Verdict word, String why) {
            boolean superficial = word == Verdict.PASS && why.equals("(superficial)");
            boolean badPackage = word == Verdict.FAIL && why.startsWith("badpkg");
            return superficial ? Verdict.WARNING : badPackage ? Verdict.UNRESOLVED : word;
        }

        private void flush() {
            CaseResult result = last;
            if (result != null) {
                cases.add(said.isEmpty() ? result : remarked(result), lastHash);
                last = null;
            }
            said.clear();
        }

        private CaseResult remarked(CaseResult result) {
            return result.withMessage((result.message() + "\n" + said.text()).strip());
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
