package muster.reports.store;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import muster.reports.Archives.ArchiveRefused;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Counts;
import muster.reports.Outcome;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Whether what stands in an archive fits together, and is something that a store can have written: texts within their
 * bounds, every attempt of every cell in its order, counts that are those of the results, files that an attempt has kept.
 */
final class ArchiveCheck {

    /** A text that was cut says so behind its bound. */
    private static final int CUT = 100;

    private static final int LONGEST_KEY = 500;
    private static final int LONGEST_NAME = 600;

    private final SortedMap<CellKey, ArchiveFormat.Cell> cells = new TreeMap<>();
    private Iterator<Place> places = List.<Place>of().iterator();
    private final Map<String, Long> wanted = new HashMap<>();

    private @Nullable Place place;
    private ArchiveFormat.@Nullable Attempt attempt;
    private int cases;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    private record Place(ArchiveFormat.Cell cell, long token) {
        @Override
        public String toString() {
            return "attempt " + token + " of " + cell.key();
        }
    }

    void run(ArchiveFormat.Run run) throws IOException {
        text(run.matrix(), Texts.FACT);
        text(run.matrixDigest(), Texts.WORD);
        run.settings().forEach((name, content) -> {
            text(name, Texts.WORD);
            text(content, Texts.FACT);
        });
        for (ArchiveFormat.Cell cell : run.cells()) {
            text(cell.key(), LONGEST_KEY);
            if (cells.put(cell.cell(), cell) != null) {
                throw new ArchiveRefused("it has the cell " + cell.key() + " twice");
            }
            if (cell.attempts() < 0 || cell.attempts() > Integer.MAX_VALUE) {
                throw new ArchiveRefused(cell.key() + " cannot have " + cell.attempts() + " attempts");
            }
            Long history = cell.history();
            if (history != null && (history < 1 || history > cell.attempts() || !cell.inLane())) {
                throw new ArchiveRefused("attempt " + history + " cannot make the history of " + cell.key());
            }
        }
        run.waivers().forEach(ArchiveCheck::waiver);
        for (ArchiveFormat.Decision decision : run.decisions()) {
            decision(decision);
        }
        places = cells.values().stream()
                .flatMap(cell -> LongStream.rangeClosed(1, cell.attempts()).mapToObj(token -> new Place(cell, token)))
                .iterator();
    }

    private void decision(ArchiveFormat.Decision decision) throws ArchiveRefused {
        decision.resolution();
        text(decision.name(), LONGEST_NAME);
        text(decision.reason(), Texts.FACT);
        text(decision.author(), Texts.FACT);
        if (!cells.containsKey(CellKey.parse(decision.cell()))) {
            throw new ArchiveRefused("it tells what was decided of " + decision.cell() + ", which is no cell of it");
        }
    }

    private static void waiver(ArchiveFormat.Waiver waiver) {
        ArchivedWaivers.of(waiver);
        List.of(waiver.cases(), waiver.suite(), waiver.reason(), waiver.reference(), waiver.owner(), waiver.author())
                .forEach(each -> text(each, Texts.FACT));
        waiver.distributions().forEach(each -> text(each, Texts.FACT));
        Stream.of(waiver.from(), waiver.to(), waiver.file())
                .filter(each -> each != null)
                .forEach(each -> text(each, Texts.FACT));
        ArchiveFormat.Withdrawal withdrawn = waiver.withdrawn();
        if (withdrawn != null) {
            text(withdrawn.author(), Texts.FACT);
            text(withdrawn.reason(), Texts.FACT);
        }
    }

    void attempt(ArchiveFormat.Attempt said) throws IOException {
        Place expected = places.hasNext() ? places.next() : null;
        if (expected == null
                || expected.token() != said.token()
                || !expected.cell().key().equals(said.cell())) {
            throw new ArchiveRefused("attempt " + said.token() + " of '" + said.cell() + "' stands where "
                    + (expected == null ? "no further one" : expected) + " was expected");
        }
        place = expected;
        attempt = said;
        cases = 0;
        counts.clear();
        boolean makesHistory = Long.valueOf(said.token()).equals(expected.cell().history());
        if (makesHistory && !(said.complete() && Words.kind(said.kind()).standsForCell())) {
            throw new ArchiveRefused(expected + " cannot make history");
        }
        values(said);
        for (ArchiveFormat.Kept file : said.files()) {
            kept(file);
        }
    }

    private static void values(ArchiveFormat.Attempt said) {
        Words.kind(said.kind());
        Words.step(said.step());
        Outcome.ofWord(said.outcome());
        if (said.cases() < 0 || said.broken() < 0 || said.mended() < 0) {
            throw new IllegalArgumentException("a count is less than 0");
        }
        said.steps().keySet().forEach(Words::step);
        String onlyCase = said.onlyCase();
        if (onlyCase != null) {
            text(onlyCase, LONGEST_NAME);
        }
        text(said.why(), Texts.NOTE);
        said.notes().forEach(note -> text(note, Texts.NOTE));
        Set<String> roles = new HashSet<>();
        said.guests().forEach(guest -> {
            text(guest.role(), LONGEST_KEY - CUT);
            List.of(guest.driver(), guest.host(), guest.image()).forEach(each -> text(each, Texts.FACT));
            if (!roles.add(guest.role())) {
                throw new IllegalArgumentException("two guests have the role " + guest.role());
            }
        });
        List.of(said.provenance(), said.packages())
                .forEach(facts -> facts.forEach((name, content) -> {
                    text(name, Texts.WORD);
                    text(content, Texts.FACT);
                }));
        said.confirmations().forEach((name, confirmed) -> {
            text(name, LONGEST_NAME);
            text(confirmed.why(), Texts.NOTE);
            Confirmation.Standing.ofWord(confirmed.standing());
        });
    }

    private void kept(ArchiveFormat.Kept file) throws IOException {
        KeptFiles.checkName(file.name());
        text(file.name(), Texts.NOTE);
        text(file.role(), Texts.WORD);
        if (!file.digest().matches("[0-9a-f]{64}") || file.bytes() < 0 || file.cutAt() < 0) {
            throw new ArchiveRefused("it names a file '" + file.digest() + "' of " + file.bytes() + " bytes");
        }
        if (file.removedAt() == null) {
            Long bytes = wanted.put(file.digest(), file.bytes());
            if (bytes != null && bytes != file.bytes()) {
                throw new ArchiveRefused("the file " + file.digest() + " has two sizes");
            }
        }
    }

    void result(ArchiveFormat.Result result) {
        text(result.name(), LONGEST_NAME);
        text(result.word(), Texts.WORD);
        text(result.message(), Texts.MESSAGE);
        if (result.name().isEmpty()) {
            throw new IllegalArgumentException("a case has no name");
        }
        counts.merge(result.verdict(), 1, Integer::sum);
        cases++;
    }

    void attemptEnds() throws IOException {
        ArchiveFormat.Attempt ended = Objects.requireNonNull(attempt);
        String counted = Words.counts(new Counts(counts));
        if (cases != ended.cases() || !counted.equals(ended.counts())) {
            throw new ArchiveRefused(place + " says that it has " + ended.cases() + " cases, '" + ended.counts()
                    + "', and has " + cases + ", '" + counted + "'");
        }
    }

    void attemptsEnd() throws IOException {
        if (places.hasNext()) {
            throw new ArchiveRefused("it has no " + places.next());
        }
    }

    void file(String digest, long bytes) throws IOException {
        Long size = wanted.remove(digest);
        if (size == null || size != bytes) {
            throw new ArchiveRefused(
                    "the file '" + digest + "' of " + bytes + " bytes is none that an attempt has kept");
        }
    }

    void filesEnd() throws IOException {
        if (!wanted.isEmpty()) {
            throw new ArchiveRefused(
                    "it has not the file " + wanted.keySet().iterator().next());
        }
    }

    private static void text(String text, int most) {
        if (text.length() > most + CUT || !Texts.isClean(text)) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " characters where at most " + most + " plain ones stand");
        }
    }
}
