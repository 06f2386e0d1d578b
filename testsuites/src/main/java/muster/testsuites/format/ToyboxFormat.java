package muster.testsuites.format;

import java.util.List;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The output of toybox's tests (its {@code scripts/runtest.sh}) and of busybox's, which share their shape: {@code WORD:
 * name} at the beginning of a line, the word one of PASS, FAIL, SKIP, SKIPPED and UNTESTED. A FAIL is followed by the
 * command and a unified diff of what was expected; anything between is what the tested commands wrote.
 *
 * <p>Neither harness says when it is through. So a suite that writes this format adds two things of its own:
 *
 * <ul>
 *   <li>{@code TIMEOUT: name} and {@code UNRESOLVED: name}, for what ended without a decision; the lines that follow say
 *       why;
 *   <li>{@code END: N} as the last line, N being the number of results before it. A journal without it, or with another
 *       number of results, is truncated.
 * </ul>
 */
final class ToyboxFormat extends LineFormat {
    private static final List<String> WORDS =
            List.of("PASS", "FAIL", "SKIP", "SKIPPED", "UNTESTED", "TIMEOUT", "UNRESOLVED");
    private static final String EXPECTED =
            "a result at the beginning of a line: (" + String.join("|", WORDS) + "): name";
    private static final String OF_DIFF = " +@\\-";
    private static final char LAST_OF_ASCII = '\u007f';
    private static final Pattern COLOUR = Pattern.compile("␛\\[[0-9;]*m");
    private static final Pattern DEJAGNU = Pattern.compile("(?m)^(?:Test [Rr]un [Bb]y |Running |\\t\\t=== )");

    ToyboxFormat() {
        super("toybox", "^(?:\033\\[[0-9;]*m)?(?:PASS|FAIL|SKIP|SKIPPED|UNTESTED)(?:\033\\[[0-9;]*m)?: \\S");
    }

    @Override
    public boolean looksLike(String beginning) {
        return super.looksLike(beginning) && !DEJAGNU.matcher(beginning).find();
    }

    @Override
    Reading begin(Cases cases) {
        return new Output(cases);
    }

    private static @Nullable Verdict verdict(String word) {
        return WORDS.contains(word) ? NativeWords.verdict(word) : null;
    }

    private static final class Output implements Reading {
        private final Cases cases;
        private final EndLine end = new EndLine();
        private final Detail detail = new Detail();
        private final RecentWords words = new RecentWords(ToyboxFormat::verdict);
        private @Nullable CaseResult pending;

        Output(Cases cases) {
            this.cases = cases;
        }

        @Override
        public void take(Line line) {
            if (line.at(0) > LAST_OF_ASCII && line.text().startsWith("␛[")) {
                line.become(COLOUR.matcher(line.text()).replaceAll(""));
            }
            int colon = line.afterCapitals(0);
            RecentWords.Meant word = colon > 0 && line.at(colon) == ':' ? words.word(line, 0, colon) : null;
            Verdict verdict = word == null ? null : word.verdict();
            if (word != null && verdict != null) {
                end.take(line);
                result(line, word.text(), verdict);
            } else if (line.isBlank() || !end.take(line)) {
                other(line);
            }
        }

        private void other(Line line) {
            String text = line.text();
            if (isBuried(text)) {
                cases.unreadable(line.number(), text, EXPECTED);
            } else {
                detail.add(text);
            }
        }

        private void result(Line line, String word, Verdict verdict) {
            int colon = word.length();
            int nameAt = line.at(colon + 1) == ' ' ? colon + 2 : line.length();
            Name name = line.name(nameAt, line.beforeSpaces(nameAt, line.length()));
            flush();
            if (name.text().isEmpty()) {
                cases.unreadable(line.number(), line.text(), EXPECTED);
                return;
            }
            CaseResult result = new CaseResult(name.text(), verdict, word, null, "", null, line.number());
            if (verdict.isBad()) {
                pending = result;
                detail.begin(true);
            } else {
                cases.add(result, name);
                detail.begin(false);
            }
        }

        /** Whether a result stands behind what a tested command wrote without a newline; not so in a diff. */
        private static boolean isBuried(String text) {
            if (text.isEmpty() || OF_DIFF.indexOf(text.charAt(0)) >= 0 || text.startsWith("echo -ne ")) {
                return false;
            }
            for (int colon = text.indexOf(": ", 1); colon >= 0; colon = text.indexOf(": ", colon + 1)) {
                int from = colon;
                while (from > 0 && text.charAt(from - 1) >= 'A' && text.charAt(from - 1) <= 'Z') {
                    from--;
                }
                boolean named = colon + 2 < text.length() && !Character.isWhitespace(text.charAt(colon + 2));
                if (from > 0 && named && WORDS.contains(text.substring(from, colon))) {
                    return true;
                }
            }
            return false;
        }

        private void flush() {
            CaseResult result = pending;
            if (result != null) {
                cases.add(result.withMessage(detail.text()));
                pending = null;
            }
        }

        @Override
        public String end() {
            flush();
            return end.end(cases);
        }
    }
}
