package muster.reports.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import muster.testsuites.CaseResult;
import muster.testsuites.Manifest;
import muster.testsuites.ResultSink;

/**
 * Takes the cases of one journal as they come and makes a block of them, part by part. Held at once are the results of one
 * part, at most 16,384 and at most some 8 MB of text, and five bytes for each case before them. No connection is held
 * meanwhile.
 */
final class JournalReading extends GrowingBlock implements ResultSink {

    private static final int MOST_NOTES = 100;

    /** Of the cases that a journal only counts before it runs them, so many are told one by one. */
    private static final int MOST_UNNAMED = 10_000;

    private static final int MOST_CHARACTERS = 4 << 20;

    private final long suite;
    private final CaseNames names;
    private final Messages messages;

    private final List<CaseResult> waiting = new ArrayList<>();
    private long waitingCharacters;
    private final Map<Integer, Integer> repeats = new HashMap<>();
    private long repeated;
    private String firstRepeated = "";

    private Manifest manifest = Manifest.NONE;
    private int reported;

    private final List<String> notes = new ArrayList<>();
    private long unreadable;
    private long planned = -1;
    private boolean truncated;

    JournalReading(long suite, CaseNames names, Messages messages) {
        this.suite = suite;
        this.names = names;
        this.messages = messages;
    }

    @Override
    public void result(CaseResult result) {
        CaseResult held = new CaseResult(
                Texts.name(result.name()),
                result.verdict(),
                Texts.bounded(result.nativeWord(), Texts.WORD),
                result.nativeCode(),
                Texts.bounded(result.message(), Texts.MESSAGE),
                result.duration(),
                result.line());
        waiting.add(held);
        waitingCharacters += held.name().length() + held.message().length();
        if (waiting.size() == PartColumns.MOST || waitingCharacters >= MOST_CHARACTERS) {
            flush();
        }
    }

    @Override
    public void manifest(Manifest said) {
        manifest = said;
    }

    @Override
    public void planned(long cases) {
        planned = cases;
    }

    @Override
    public void unreadable(long line, String shown, String expected) {
        if (++unreadable <= MOST_NOTES) {
            notes.add("line " + line + ": cannot read '" + Texts.bounded(shown, 200) + "': expected " + expected);
        }
    }

    @Override
    public void truncated(String why) {
        truncated = true;
        notes.add("the journal is cut short: " + Texts.bounded(why, Texts.NOTE));
    }

    /** The journal has been read to its end. What its suite had listed and it does not report never started. */
    void end() {
        flush();
        reported = size();
        addUninitiated();
        if (unreadable > MOST_NOTES) {
            notes.add(unreadable + " lines could not be read; the first " + MOST_NOTES + " are shown");
        }
        if (repeated > 0) {
            notes.add(repeated + " results repeat the name of one before, '" + firstRepeated
                    + "' first; each is kept under its name with #2, #3, ... after it");
        }
    }

    private void addUninitiated() {
        List<String> cases = manifest.cases().stream().map(Texts::name).toList();
        for (int from = 0; from < cases.size(); from += PartColumns.MOST) {
            List<String> some = cases.subList(from, Math.min(cases.size(), from + PartColumns.MOST));
            add(names.numbers(suite, some), Nature.UNINITIATED);
        }
        int listed = cases.size() - (size() - reported);
        if (reported > 0 && listed == 0 && !cases.isEmpty()) {
            notes.add("none of the " + cases.size() + " cases that the suite listed is in the journal: its list is to"
                    + " print the names that its journal has");
        } else if (listed > 0 && listed < reported) {
            notes.add((reported - listed) + " cases were not in the list of what the suite would run");
        }
    }

    /**
     * Adds cases that the baseline had and that nothing was heard of. Where the suite listed none and the journal stops
     * before its end, the baseline stands in for the manifest: they never started. Else they are missing.
     */
    void absent(BitSet absent) {
        boolean inManifest = manifest.isEmpty() && truncated;
        add(absent.stream().toArray(), inManifest ? Nature.UNINITIATED : Nature.MISSING);
    }

    /** Adds those of a cut journal's own plan that nothing else names. */
    void addUnnamed() {
        if (!manifest.isEmpty() || !truncated || planned <= size()) {
            return;
        }
        List<String> unnamed = LongStream.rangeClosed(size() + 1L, planned)
                .limit(MOST_UNNAMED)
                .mapToObj(at -> "(case " + at + " of the plan)")
                .toList();
        add(names.numbers(suite, unnamed), Nature.UNINITIATED);
        if (planned > size()) {
            notes.add("of " + planned + " planned cases " + size() + " are told one by one");
        }
    }

    /** Those of these cases that were not seen yet. */
    private void add(int[] these, Nature nature) {
        for (int number : these) {
            if (!seen.get(number)) {
                seen.set(number);
                add(number, nature, null, 0, 0);
                if (isPartFull()) {
                    endPart();
                }
            }
        }
        endPart();
    }

    /** How many cases the journal itself reported; they come first. */
    int reported() {
        return reported;
    }

    boolean has(int number) {
        return seen.get(number);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    long planned() {
        return planned;
    }

    boolean isTruncated() {
        return truncated;
    }

    private void flush() {
        List<CaseResult> results = List.copyOf(waiting);
        waiting.clear();
        waitingCharacters = 0;
        int[] known = unrepeated(
                results,
                names.numbers(suite, results.stream().map(CaseResult::name).toList()));
        long[] messageIds =
                messages.ids(results.stream().map(CaseResult::message).toList());
        for (int i = 0; i < known.length; i++) {
            CaseResult result = results.get(i);
            add(
                    known[i],
                    new Nature(result.verdict(), result.nativeWord(), result.nativeCode()),
                    result.duration(),
                    result.line(),
                    messageIds[i]);
        }
        endPart();
    }

    /** Gives each result whose name came before a name of its own, in rounds: the new name may have come before, too. */
    private int[] unrepeated(List<CaseResult> results, int[] numbered) {
        int[] unique = numbered.clone();
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < unique.length; i++) {
            if (seen.get(unique[i])) {
                again.add(i);
            }
            seen.set(unique[i]);
        }
        if (repeated == 0 && !again.isEmpty()) {
            firstRepeated = results.get(again.getFirst()).name();
        }
        repeated += again.size();
        while (!again.isEmpty()) {
            int[] other = names.numbers(
                    suite,
                    again.stream()
                            .map(i ->
                                    results.get(i).name() + " #" + repeats.merge(numbered[i], 2, (old, two) -> old + 1))
                            .toList());
            List<Integer> still = new ArrayList<>();
            for (int k = 0; k < other.length; k++) {
                int i = again.get(k);
                if (seen.get(other[k])) {
                    still.add(i);
                }
                seen.set(other[k]);
                unique[i] = other[k];
            }
            again = still;
        }
        return unique;
    }
}
