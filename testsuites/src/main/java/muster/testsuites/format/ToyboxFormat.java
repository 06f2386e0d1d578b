package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
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
final class ToyboxFormat implements ResultFormat {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_SEEN = 120;
    private static final String WORDS = "PASS|FAIL|SKIP|SKIPPED|UNTESTED|TIMEOUT|UNRESOLVED";
    private static final Pattern RESULT = Pattern.compile("(" + WORDS + "):(?: (.*\\S))?\\s*");
    private static final Pattern BURIED = Pattern.compile("[^ +@\\\\-].*?(?<![A-Z])(?:" + WORDS + "): \\S.*");
    private static final Pattern END = Pattern.compile("END: (\\d{1,18})");
    private static final Pattern COLOUR = Pattern.compile("␛\\[[0-9;]*m");

    @Override
    public String name() {
        return "toybox";
    }

    @Override
    public void read(InputStream journal, ResultSink sink) throws IOException {
        Lines lines = new Lines(journal, LONGEST_LINE);
        Reading reading = new Reading(sink);
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            if (!reading.take(line)) {
                return;
            }
        }
        reading.end();
    }

    /** What is known of one journal while it is read. */
    private static final class Reading {
        private final ResultSink sink;
        private final CaseNames names = new CaseNames();
        private final Detail detail = new Detail();
        private @Nullable CaseResult pending;
        private long results;
        private @Nullable Long announced;
        private boolean lineEnded = true;

        Reading(ResultSink sink) {
            this.sink = sink;
        }

        boolean take(Lines.Line line) {
            String text =
                    line.text().startsWith("␛[") ? COLOUR.matcher(line.text()).replaceAll("") : line.text();
            lineEnded = line.ended();
            if (text.isBlank()) {
                detail.add(text);
                return true;
            }
            announced = null;
            char first = text.charAt(0);
            Matcher result = RESULT.matcher(text);
            Matcher end = END.matcher(text);
            if (first >= 'A' && first <= 'Z' && result.lookingAt()) {
                return take(line.number(), result.group(1), result.group(2), text);
            } else if (line.ended() && end.matches()) {
                announced = Long.valueOf(end.group(1));
            } else if (BURIED.matcher(text).matches() && !text.startsWith("echo -ne ")) {
                unreadable(line.number(), text);
            } else {
                detail.add(text);
            }
            return true;
        }

        private boolean take(long number, String word, @Nullable String name, String text) {
            flush();
            if (name == null) {
                unreadable(number, text);
                return true;
            }
            String unique = names.unique(name).orElse(null);
            if (unique == null) {
                sink.truncated(
                        "only the first " + CaseNames.MOST_CASES + " cases are read; the next is on line " + number);
                return false;
            }
            results++;
            Verdict verdict = NativeWords.verdict(word).orElse(Verdict.UNRESOLVED);
            pending = new CaseResult(unique, verdict, word, null, "", null, number);
            detail.begin(verdict.isBad());
            return true;
        }

        private void unreadable(long number, String text) {
            String seen = text.length() > LONGEST_SEEN ? text.substring(0, LONGEST_SEEN) + "…" : text;
            sink.unreadable(number, seen, "a result at the beginning of a line: (" + WORDS + "): name");
        }

        private void flush() {
            CaseResult result = pending;
            if (result != null) {
                sink.result(new CaseResult(
                        result.name(),
                        result.verdict(),
                        result.nativeWord(),
                        null,
                        detail.text(),
                        null,
                        result.line()));
                pending = null;
            }
        }

        void end() {
            flush();
            if (announced != null) {
                sink.planned(announced);
            }
            if (results == 0) {
                sink.truncated("it holds no result at all");
            } else if (!lineEnded) {
                sink.truncated("its last line has no end");
            } else if (announced == null) {
                sink.truncated("it does not end with an END line");
            } else if (announced != results) {
                sink.truncated("its END line says " + announced + " results, " + results + " were read");
            }
        }
    }
}
