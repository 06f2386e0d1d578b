package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON report of kirk, the newer driver of the Linux Test Project: {@code {"results": [{"test_fqn", "status", "test":
 * {"log", "retval", "duration"}}]}}. The status decides; the last number in {@code retval} is its code. What stands in {@code
 * stats} counts assertions, not tests, and is not read. What cannot be read ends the reading there, since JSON has no place
 * to begin anew.
 */
final class KirkFormat implements ResultFormat {
    private static final int LONGEST_STRING = 1 << 16;

    private static final String PASS = "pass";
    private static final char[] PASS_CHARACTERS = PASS.toCharArray();
    private static final Name NO_NAME = Name.of("");

    private static final Map<String, Verdict> VERDICTS = Map.of(
            "pass", Verdict.PASS,
            "fail", Verdict.FAIL,
            "brok", Verdict.UNRESOLVED,
            "conf", Verdict.UNSUPPORTED,
            "warn", Verdict.WARNING);

    /** Characters of a key. */
    private static final int LONGEST_KEY = 200;

    /** It remembers no keys: those of one journal are of no use to the next, and a hostile one has many. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNameLength(LONGEST_KEY).build())
            .build();

    @Override
    public String name() {
        return "kirk";
    }

    @Override
    public boolean looksLike(String beginning) {
        return beginning.stripLeading().startsWith("{") && beginning.contains("\"test_fqn\"");
    }

    @Override
    public void read(InputStream journal, ResultSink sink) throws IOException {
        try (Cases cases = new Cases(sink)) {
            cases.end(read(new KeptOpen(new ShortStrings(journal, LONGEST_STRING)), cases));
        }
    }

    /** Says how it shows that the journal was cut; empty where it was not. */
    private static String read(KeptOpen stream, Cases cases) throws IOException {
        // As text: of bytes jackson guesses the encoding, and fails where it knows none.
        Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            try {
                return new Report(json, cases).read();
            } catch (JacksonException notJson) {
                if (stream.failure != null) {
                    throw stream.failure;
                }
                TokenStreamLocation at = json.currentLocation();
                if (!(notJson instanceof UnexpectedEndOfInputException)) {
                    String said = String.valueOf(notJson.getOriginalMessage());
                    cases.unreadable(
                            at.getLineNr(),
                            Harmless.line(said.lines().findFirst().orElse("")),
                            "JSON");
                }
                return "no JSON from line " + at.getLineNr() + ", character " + at.getCharOffset() + " on";
            }
        }
    }

    /** Remembers what went wrong with the stream itself, which is no matter of what stands in it. */
    private static final class KeptOpen extends java.io.FilterInputStream {
        private @Nullable IOException failure;

        KeptOpen(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int offset, int count) throws IOException {
            try {
                return super.read(to, offset, count);
            } catch (IOException broken) {
                failure = broken;
                throw broken;
            }
        }

        @Override
        public void close() {
            // its owner closes it
        }
    }

    private static final class Report {
        private final JsonParser json;
        private final Cases cases;
        private boolean hasResults;

        Report(JsonParser json, Cases cases) {
            this.json = json;
            this.cases = cases;
        }

        /** Says how it shows that the report was cut; empty where it was not. */
        String read() {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                cases.unreadable(line(), String.valueOf(json.currentToken()), "{\"results\": [...]}");
                return "it is no report of kirk";
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (key.equals("results") && value == JsonToken.START_ARRAY) {
                    hasResults = true;
                    results();
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                cases.unreadable(line(), String.valueOf(json.currentToken()), "nothing after the report");
            }
            return hasResults ? "" : "it has no results";
        }

        private long line() {
            return json.currentTokenLocation().getLineNr();
        }

        private void results() {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                long line = line();
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    Test test = new Test();
                    test(test);
                    add(test, line);
                } else {
                    cases.unreadable(line, String.valueOf(json.currentToken()), "an object with test_fqn and status");
                    json.skipChildren();
                }
            }
        }

        /** What was read of one test, in whatever order it came. */
        private static final class Test {
            Name name = NO_NAME;
            String status = "";
            Verdict verdict = Verdict.UNRESOLVED;
            String log = "";

            @Nullable
            Integer code;

            @Nullable
            Duration took;
        }

        private void test(Test test) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && key.equals("test_fqn")) {
                    test.name = Name.harmless(json.getString());
                } else if (value == JsonToken.VALUE_STRING && key.equals("status")) {
                    status(test);
                } else if (value == JsonToken.START_OBJECT && key.equals("test")) {
                    details(test);
                } else {
                    json.skipChildren();
                }
            }
        }

        /** Most tests pass, and make no new text of it. */
        private void status(Test test) {
            int from = json.getStringOffset();
            int to = from + json.getStringLength();
            char[] said = json.getStringCharacters();
            if (Arrays.equals(said, from, to, PASS_CHARACTERS, 0, PASS_CHARACTERS.length)) {
                test.status = PASS;
                test.verdict = Verdict.PASS;
            } else {
                test.status = Harmless.line(json.getString());
                test.verdict = VERDICTS.getOrDefault(test.status, Verdict.UNRESOLVED);
            }
        }

        private void details(Test test) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && key.equals("log")) {
                    test.log = test.verdict == Verdict.PASS ? "" : json.getString();
                } else if (value.isNumeric() && key.equals("duration")) {
                    int from = json.getStringOffset();
                    test.took = Texts.seconds(json.getStringCharacters(), from, from + json.getStringLength());
                } else if (value == JsonToken.START_ARRAY && key.equals("retval")) {
                    codes(test);
                } else {
                    json.skipChildren();
                }
            }
        }

        /** The last number counts. */
        private void codes(Test test) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken().isScalarValue()) {
                    int from = json.getStringOffset();
                    int code = Texts.number(json.getStringCharacters(), from, from + json.getStringLength());
                    test.code = code >= 0 ? Integer.valueOf(code) : test.code;
                } else {
                    json.skipChildren();
                }
            }
        }

        private void add(Test test, long line) {
            if (test.name.text().isEmpty() || test.status.isEmpty()) {
                cases.unreadable(line, test.name.text() + " " + test.status, "an object with test_fqn and status");
                return;
            }
            String message = test.verdict == Verdict.PASS ? "" : Excerpt.of(Harmless.lines(test.log));
            cases.add(
                    new CaseResult(test.name.text(), test.verdict, test.status, test.code, message, test.took, line),
                    test.name);
        }
    }
}
