package muster.testsuites.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an XML text that nobody vouches for fit for a parser which trusts its input: comments, processing instructions and
 * document types with all their entities are left out, long texts and attribute values are cut, control characters become
 * their pictures, and bytes that are none of the encoding U+FFFD. Around it all an element {@value #ROOT} is laid, so that
 * several documents may stand behind each other. The numbers of lines stay right.
 */
final class XmlText extends Reader {
    static final String ROOT = "journal";

    private static final int CHUNK = 1 << 14;
    private static final int LONGEST_REFERENCE = 12;

    /** Characters of a tag that stand together outside of values: a name and the white space around it. */
    private static final int LONGEST_NAME = 1000;

    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*\\bencoding=[\"']([\\w.:-]{1,40})[\"']");

    /** Of ASCII, what means nothing to XML wherever it stands, and is no control character. */
    private static final boolean[] PLAIN = plainOfAscii();

    private enum State {
        TEXT(true),
        MARKUP(false),
        TAG(true),
        VALUE(true),
        CDATA(true),
        COMMENT(false),
        INSTRUCTION(false),
        DOCUMENT_TYPE(false);

        /** Whether most of its characters simply stay. */
        final boolean isCopied;

        State(boolean isCopied) {
            this.isCopied = isCopied;
        }
    }

    private final Reader in;
    private final int longest;
    private final char[] chunk = new char[CHUNK];
    private int at;
    private int filled;

    private final char[] out = new char[CHUNK + 64];
    private int outAt;
    private int outFilled;

    private State state = State.TEXT;
    private final StringBuilder markup = new StringBuilder();
    private char quote;
    private int length;
    private int reference;
    private int brackets;
    private int dashes;
    private long owedLines;
    private boolean ended;

    /**
     * @param longest characters of a text or an attribute value that are kept, and a few more
     */
    XmlText(InputStream in, int longest) throws IOException {
        this.longest = longest;
        byte[] beginning = in.readNBytes(256);
        this.in = new InputStreamReader(
                new SequenceInputStream(new ByteArrayInputStream(beginning), in), encoding(beginning));
        put("<" + ROOT + ">");
    }

    private static Charset encoding(byte[] beginning) {
        int first = beginning.length < 2 ? 0 : (beginning[0] & 0xff) << 8 | (beginning[1] & 0xff);
        switch (first) {
            case 0xfeff, 0xfffe -> {
                return StandardCharsets.UTF_16;
            }
            case 0x003c -> {
                return StandardCharsets.UTF_16BE;
            }
            case 0x3c00 -> {
                return StandardCharsets.UTF_16LE;
            }
            default -> {
                Matcher named = ENCODING.matcher(new String(beginning, StandardCharsets.ISO_8859_1));
                try {
                    Charset said = named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
                    boolean bytesOfAscii = "<".equals(new String(new byte[] {'<'}, said));
                    return bytesOfAscii ? said : StandardCharsets.UTF_8;
                } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                    return StandardCharsets.UTF_8;
                }
            }
        }
    }

    /** Whether all of the text was given. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the text ended inside of something that is left out, so that the parser could not see it. */
    boolean endedInside() {
        return ended && state != State.TEXT;
    }

    @Override
    public int read(char[] to, int offset, int count) throws IOException {
        while (outAt == outFilled) {
            outAt = 0;
            outFilled = 0;
            if (ended || !fill()) {
                return -1;
            }
        }
        int given = Math.min(count, outFilled - outAt);
        System.arraycopy(out, outAt, to, offset, given);
        outAt += given;
        return given;
    }

    /** Puts something into {@link #out}, or nothing yet; false at the end. */
    private boolean fill() throws IOException {
        if (owedLines > 0 && (state == State.TEXT || state == State.TAG)) {
            payLines();
            return true;
        }
        if (at == filled) {
            at = 0;
            filled = Math.max(0, in.read(chunk));
            if (filled == 0) {
                ended = true;
                put("</" + ROOT + ">");
                return true;
            }
        }
        while (at < filled && outFilled < CHUNK) {
            if (owedLines > 0 && (state == State.TEXT || state == State.TAG)) {
                break;
            }
            if (state.isCopied) {
                plain();
            }
            if (at < filled && outFilled < CHUNK) {
                take(chunk[at++]);
            }
        }
        return true;
    }

    private void payLines() {
        while (owedLines > 0 && outFilled < CHUNK) {
            out[outFilled++] = '\n';
            owedLines--;
        }
    }

    /** Copies as much as needs no thought. */
    private void plain() {
        if (reference > 0) {
            return;
        }
        int room = (state == State.TAG ? LONGEST_NAME : longest) - length;
        int limit = at + Math.min(room, Math.min(filled - at, CHUNK - outFilled));
        int end = at;
        while (end < limit && isPlain(chunk[end])) {
            end++;
        }
        int count = end - at;
        if (count > 0) {
            System.arraycopy(chunk, at, out, outFilled, count);
            outFilled += count;
            at = end;
            length += count;
            brackets = 0;
        }
    }

    private static boolean isPlain(char c) {
        return c < PLAIN.length ? PLAIN[c] : c >= '\u00a0' && c < Character.MIN_SURROGATE;
    }

    private static boolean[] plainOfAscii() {
        boolean[] plain = new boolean[128];
        for (char c = 0; c < plain.length; c++) {
            plain[c] = c == '\n' || (c >= ' ' && c < '\u007f' && "<>&\"']".indexOf(c) < 0);
        }
        return plain;
    }

    private void take(char c) {
        switch (state) {
            case TEXT -> {
                if (c == '<' && at < filled && chunk[at] != '!' && chunk[at] != '?') {
                    put(c);
                    begin(State.TAG);
                } else if (c == '<') {
                    state = State.MARKUP;
                    markup.setLength(0);
                } else {
                    content(c);
                }
            }
            case MARKUP -> markup(c);
            case TAG -> tag(c);
            case VALUE -> {
                if (c == quote) {
                    put(c);
                    begin(State.TAG);
                } else {
                    content(c);
                }
            }
            case CDATA -> cdata(c);
            case COMMENT -> {
                owedLines += c == '\n' ? 1 : 0;
                if (c == '>' && dashes >= 2) {
                    begin(State.TEXT);
                }
                dashes = c == '-' ? dashes + 1 : 0;
            }
            case INSTRUCTION -> {
                owedLines += c == '\n' ? 1 : 0;
                if (c == '>' && dashes > 0) {
                    begin(State.TEXT);
                }
                dashes = c == '?' ? 1 : 0;
            }
            case DOCUMENT_TYPE -> documentType(c);
        }
    }

    private void begin(State next) {
        state = next;
        length = 0;
        reference = 0;
        brackets = 0;
        dashes = 0;
    }

    /** What stands behind a {@code <}: as much of it as is needed to know what it is. */
    private void markup(char c) {
        if (markup.isEmpty() && c != '!' && c != '?') {
            put('<');
            begin(State.TAG);
            at--;
            return;
        }
        markup.append(c);
        String seen = markup.toString();
        if (seen.equals("!--")) {
            begin(State.COMMENT);
        } else if (seen.equals("![CDATA[")) {
            put("<![CDATA[");
            begin(State.CDATA);
        } else if (c == '?' && seen.length() == 1) {
            begin(State.INSTRUCTION);
        } else if (!"!--".startsWith(seen) && !"![CDATA[".startsWith(seen)) {
            quote = 0;
            begin(State.DOCUMENT_TYPE);
            at--;
        }
    }

    private void tag(char c) {
        if (c == '>') {
            put(c);
            begin(State.TEXT);
        } else if (c == '"' || c == '\'') {
            put(c);
            quote = c;
            begin(State.VALUE);
        } else if (length < LONGEST_NAME) {
            put(legal(c));
            length++;
        } else {
            owedLines += c == '\n' ? 1 : 0;
        }
    }

    /** A character of a text or a value. References are kept or left out whole. */
    private void content(char c) {
        if (reference > 0) {
            reference = c == ';' || reference > LONGEST_REFERENCE ? 0 : reference + 1;
            put(legal(c));
        } else if (length >= longest && !Character.isLowSurrogate(c)) {
            length = Integer.MAX_VALUE;
            owedLines += c == '\n' ? 1 : 0;
        } else if (length < Integer.MAX_VALUE) {
            length++;
            reference = c == '&' ? 1 : 0;
            put(legal(c));
        }
    }

    private void cdata(char c) {
        boolean end = c == '>' && brackets >= 2;
        if (length >= longest && !Character.isLowSurrogate(c)) {
            length = Integer.MAX_VALUE;
            owedLines += c == '\n' ? 1 : 0;
            if (end) {
                put("]]>");
            }
        } else if (length < Integer.MAX_VALUE) {
            length++;
            put(legal(c));
        }
        brackets = c == ']' ? Math.min(2, brackets + 1) : 0;
        if (end) {
            begin(State.TEXT);
        }
    }

    /** Left out, up to the {@code >} outside of quotes and brackets. */
    private void documentType(char c) {
        owedLines += c == '\n' ? 1 : 0;
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[') {
            brackets = 1;
        } else if (c == ']') {
            brackets = 0;
        } else if (c == '>' && brackets == 0) {
            begin(State.TEXT);
        }
    }

    /** The character, or what is shown for it where XML does not allow it. */
    private static char legal(char c) {
        boolean newline = c == '\n' || c == '\r';
        if (newline || (!Harmless.isControl(c) && c < '\ufffe')) {
            return c;
        }
        return c >= '\ufffe' ? '\ufffd' : Harmless.picture(c);
    }

    private void put(char c) {
        out[outFilled++] = c;
    }

    private void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    @Override
    public void close() {
        // whoever opened the stream closes it
    }
}
