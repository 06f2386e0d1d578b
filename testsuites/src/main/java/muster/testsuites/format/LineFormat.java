package muster.testsuites.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import muster.testsuites.ResultFormat;
import muster.testsuites.ResultSink;

/** A format that is read line by line. */
abstract class LineFormat implements ResultFormat {
    private static final int LONGEST_LINE = 1 << 16;

    private final String name;
    private final Pattern mark;

    /**
     * @param mark found where a journal of this format begins; {@code ^} and {@code $} stand for the ends of lines
     */
    LineFormat(String name, String mark) {
        this.name = name;
        this.mark = Pattern.compile(mark, Pattern.MULTILINE);
    }

    /** What is known of one journal while it is read. */
    interface Reading {

        /** Takes the next line. */
        void take(Line line);

        /** The journal is at its end. Says how it shows that it was cut before its own; empty where it was not. */
        String end();
    }

    /** Begins a journal whose cases go to {@code cases}. */
    abstract Reading begin(Cases cases);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public boolean looksLike(String beginning) {
        return mark.matcher(beginning).find();
    }

    @Override
    public final void read(InputStream journal, ResultSink sink) throws IOException {
        try (Cases cases = new Cases(sink)) {
            read(new Lines(journal, LONGEST_LINE), cases);
        }
    }

    private void read(Lines lines, Cases cases) throws IOException {
        Reading reading = begin(cases);
        boolean ended = true;
        for (Line line = lines.next(); line != null && !cases.isFull(); line = lines.next()) {
            reading.take(line);
            ended = line.ended();
        }
        if (!cases.isFull()) {
            String why = reading.end();
            cases.end(ended ? why : "its last line has no end");
        }
    }
}
