package muster.reports.export;

import java.io.IOException;
import java.io.Writer;

/** Writes XML. Characters that it may not hold are shown by others. */
final class Xml {

    private final Writer out;

    Xml(Writer out) {
        this.out = out;
    }

    /** Markup as it stands. */
    void raw(String markup) throws IOException {
        out.write(markup);
    }

    void attribute(String name, String value) throws IOException {
        out.write(" " + name + "=\"");
        escaped(value, true);
        out.write('"');
    }

    void text(String text) throws IOException {
        escaped(text, false);
    }

    private void escaped(String text, boolean attribute) throws IOException {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().map(Characters::shown).forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\t' -> {
                    if (attribute) {
                        escaped.append("&#").append(point).append(';');
                    } else {
                        escaped.append((char) point);
                    }
                }
                default -> escaped.appendCodePoint(point);
            }
        });
        out.append(escaped);
    }
}
