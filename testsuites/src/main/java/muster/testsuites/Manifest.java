package muster.testsuites;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The cases that a suite said it would run, before it ran, in its order and each once. A guest says so, so there are bounds:
 * {@link #MOST_CASES} names of {@link #LONGEST_NAME} characters.
 *
 * @param cases their names, as the journal has them
 */
public record Manifest(List<String> cases) {

    /** More names are not taken. */
    public static final int MOST_CASES = 1_000_000;

    /** A longer name is cut there, which {@code …} shows, as formats cut those of journals. */
    public static final int LONGEST_NAME = 500;

    /** The most bytes that are read of a list. */
    public static final long MOST_BYTES = 64L << 20;

    /** Of a suite that does not say. */
    public static final Manifest NONE = new Manifest(List.of());

    public Manifest {
        cases = List.copyOf(cases);
    }

    public boolean isEmpty() {
        return cases.isEmpty();
    }

    /**
     * Reads what a suite's {@code list} printed: a name a line, blank lines mean nothing. Broken UTF-8 shows as U+FFFD. A
     * name that comes again counts once: how a journal tells equal names apart is not known before.
     *
     * @throws IOException when it cannot be read, or says more than the bounds
     */
    public static Manifest read(InputStream list) throws IOException {
        SequencedSet<String> names = new LinkedHashSet<>();
        InputStream in = new BufferedInputStream(list, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long read = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (++read > MOST_BYTES) {
                throw new IOException("cannot read the list of cases: it is longer than " + MOST_BYTES + " bytes");
            }
            if (b == '\n') {
                add(names, line);
            } else if (line.size() <= 4 * LONGEST_NAME + 4) {
                line.write(b);
            }
        }
        add(names, line);
        return new Manifest(new ArrayList<>(names));
    }

    private static void add(SequencedSet<String> names, ByteArrayOutputStream line) throws IOException {
        String name = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (name.isEmpty()) {
            return;
        }
        names.add(shortened(name));
        if (names.size() > MOST_CASES) {
            throw new IOException("cannot read the list of cases: it names more than " + MOST_CASES);
        }
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end) + "…";
    }
}
