package muster.testsuites.format;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import muster.testsuites.CaseResult;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;
import muster.testsuites.Verdict;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML, as Ant's, Maven's and many others' tools write it, one document or several behind each other. A case is an
 * element {@code testcase}, named {@code CLASSNAME.NAME}; the counts in attributes are not read, for reruns inflate them. It
 * FAILs with a {@code failure} in it, is UNRESOLVED with an {@code error}, SKIP with {@code skipped} (XFAIL, where its type is
 * pytest's); a {@code flakyFailure} or {@code flakyError} alone is a WARNING: it passed in the end.
 *
 * <p>Of several documents, one that is missing at the end is not missed. XML has no place to begin anew, so that what is no XML ends the reading. Document types and entities are not read.
 */
final class JunitFormat implements ResultFormat {
    private static final Pattern MARK = Pattern.compile("<testsuites?[\\s/>]");
    private static final int LONGEST_TEXT = 1 << 15;
    private static final int LONGEST_MESSAGE = 1 << 13;
    private static final int DEEPEST = 64;
    private static final int MOST_NAMES = 2000;
    private static final int RECENT = 64;

    @Override
    public String name() {
        return "junit";
    }

    @Override
    public boolean looksLike(String beginning) {
        return MARK.matcher(beginning).find();
    }

    @Override
    public void read(InputStream journal, ResultSink sink) throws IOException {
        try (Cases cases = new Cases(sink)) {
            cases.end(read(new XmlText(journal, LONGEST_TEXT), cases));
        }
    }

    /** Says how it shows that the journal was cut; empty where it was not. */
    private static String read(XmlText text, Cases cases) throws IOException {
        XMLStreamReader2 xml = null;
        try {
            xml = (XMLStreamReader2) factory().createXMLStreamReader(text);
            String why = new Report(xml, cases).read();
            return why.isEmpty() && text.endedInside() ? "it stops inside of a comment" : why;
        } catch (XMLStreamException notXml) {
            if (notXml.getNestedException() instanceof IOException unreadable) {
                throw unreadable;
            }
            Location at = notXml.getLocation();
            if (at == null && xml != null) {
                at = xml.getLocationInfo().getCurrentLocation();
            }
            long line = at == null ? 0 : at.getLineNumber();
            if (!text.hasEnded()) {
                String said = String.valueOf(notXml.getMessage());
                cases.unreadable(line, Harmless.line(said.lines().findFirst().orElse("")), "XML");
            }
            return "no XML from line " + line + " on";
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        // Else what is no XML would show only when its text is asked for, and as another exception.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }

    private static final class Report {
        private final XMLStreamReader2 xml;
        private final Cases cases;
        private final Set<String> names = new HashSet<>();
        /** Of those, some that were seen last. */
        private final @Nullable String[] recent = new String[RECENT];

        private final StringBuilder message = new StringBuilder();
        private int depth;
        private @Nullable String suite;
        private @Nullable Name testcase;
        private int testcaseDepth;
        private long line;
        private @Nullable String time;
        private String word = "";
        private Verdict verdict = Verdict.PASS;
        /** The depth of the element that says what the case came to, while inside of it; else 0. */
        private int outcomeDepth;

        private boolean documents;

        Report(XMLStreamReader2 xml, Cases cases) {
            this.xml = xml;
            this.cases = cases;
        }

        /** Says how it shows that the report was cut; empty where it was not. */
        String read() throws XMLStreamException {
            while (xml.hasNext() && !cases.isFull()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        if (depth > DEEPEST) {
                            return "its elements are nested deeper than " + DEEPEST;
                        }
                        if (!learn(xml.getLocalName())) {
                            return "it has more than " + MOST_NAMES + " names of elements and attributes";
                        }
                        begin(xml.getLocalName());
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        end();
                        depth--;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (outcomeDepth > 0 && message.length() < LONGEST_MESSAGE) {
                            message.append(
                                    xml.getTextCharacters(),
                                    xml.getTextStart(),
                                    Math.min(xml.getTextLength(), LONGEST_MESSAGE));
                        } else if (depth == 1 && !xml.isWhiteSpace()) {
                            outside(xml.getText());
                        }
                    }
                    default -> {
                        // nothing else says anything about a case
                    }
                }
            }
            return documents ? "" : "it has no element testsuite or testsuites";
        }

        private void outside(String text) {
            long blank = text.chars()
                    .takeWhile(Character::isWhitespace)
                    .filter(c -> c == '\n')
                    .count();
            cases.unreadable(
                    xml.getLocation().getLineNumber() + blank,
                    Harmless.line(text.strip()),
                    "<testsuite> or <testsuites>");
        }

        /** Whether there are not too many names of elements and attributes: the parser remembers each. */
        private boolean learn(String element) {
            remember(element);
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                remember(xml.getAttributeLocalName(i));
            }
            return names.size() <= MOST_NAMES;
        }

        private void remember(String name) {
            int place = name.hashCode() & (RECENT - 1);
            if (!name.equals(recent[place])) {
                recent[place] = name;
                names.add(name);
            }
        }

        private @Nullable String attribute(String name) {
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                if (name.equals(xml.getAttributeLocalName(i))) {
                    return xml.getAttributeValue(i);
                }
            }
            return null;
        }

        private void begin(String element) {
            if (depth == 2) {
                boolean known = element.equals("testsuite") || element.equals("testsuites");
                documents |= known;
                if (!known) {
                    cases.unreadable(line(), "<" + element + ">", "<testsuite> or <testsuites>");
                }
            }
            switch (element) {
                case "testsuite" -> suite = attribute("name");
                case "testcase" -> beginCase();
                default -> outcome(element);
            }
        }

        private long line() {
            return xml.getLocationInfo().getCurrentLocation().getLineNumber();
        }

        private void beginCase() {
            String name = null;
            String of = null;
            time = null;
            word = "";
            verdict = Verdict.PASS;
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                switch (xml.getAttributeLocalName(i)) {
                    case "name" -> name = xml.getAttributeValue(i);
                    case "classname" -> of = xml.getAttributeValue(i);
                    case "time" -> time = xml.getAttributeValue(i);
                    case "status" -> {
                        if (xml.getAttributeValue(i).equals("notrun")) {
                            verdict = Verdict.SKIP;
                            word = "notrun";
                        }
                    }
                    default -> {
                        // the others say nothing about the case
                    }
                }
            }
            testcase = name(name == null || name.isBlank() ? "testcase" : name, of == null ? suite : of);
            testcaseDepth = depth;
            line = line();
            message.setLength(0);
        }

        private static Name name(String own, @Nullable String group) {
            boolean alone =
                    group == null || group.isBlank() || (own.startsWith(group) && own.startsWith(".", group.length()));
            return Name.harmless(alone ? own : group + "." + own);
        }

        private void outcome(String element) {
            if (testcase == null || outcomeDepth > 0 || depth != testcaseDepth + 1) {
                return;
            }
            Verdict said = switch (element) {
                case "failure" -> Verdict.FAIL;
                case "error" -> Verdict.UNRESOLVED;
                case "skipped" -> "pytest.xfail".equals(attribute("type")) ? Verdict.XFAIL : Verdict.SKIP;
                case "flakyFailure", "flakyError" -> Verdict.WARNING;
                default -> null;
            };
            if (said == null) {
                return;
            }
            outcomeDepth = depth;
            if (rank(said) > rank(verdict)) {
                verdict = said;
                word = element;
                message.setLength(0);
                String shown = attribute("message");
                message.append(shown == null ? "" : shown).append('\n');
            }
        }

        /** Of several elements in one case, the one of the highest rank decides. */
        private static int rank(Verdict verdict) {
            return switch (verdict) {
                case PASS -> 0;
                case WARNING -> 1;
                case SKIP, XFAIL -> 2;
                case UNRESOLVED -> 3;
                default -> 4;
            };
        }

        private void end() {
            if (depth == outcomeDepth) {
                outcomeDepth = 0;
                return;
            }
            Name name = testcase;
            if (name != null && depth == testcaseDepth) {
                String said = verdict == Verdict.PASS
                        ? ""
                        : Excerpt.of(Harmless.lines(message.toString()).strip());
                String seconds = time == null ? "" : time.replace(",", "");
                cases.add(new CaseResult(name.text(), verdict, word, null, said, Texts.seconds(seconds), line), name);
                testcase = null;
            }
        }
    }
}
