package muster.reports.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import muster.reports.Confirmation;
import muster.reports.GuestRecord;
import muster.reports.Step;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One cell of one run.
 *
 * @param strip its lane up to this run
 * @param steps the steps begun, in order
 * @param tallies how many cases came to each verdict, in the verdicts' order
 * @param troubled cases that are bad or changed, at most 1,000: newly broken ones first, then bad ones
 * @param rest all other cases by verdict, in the verdicts' order
 * @param texts what was kept, beside the page
 * @param shards its guests, where it has several
 * @param nights the verdicts of its lane up to this run
 * @param spread how long the cells of its lane took up to this run
 * @param changes what is not as it was in the baseline, or null without one
 * @param commands that do it again
 * @param asOf when it was exported, or null for a cell that has ended
 */
public record CellPage(
        CellView view,
        RunView run,
        State state,
        Strip strip,
        List<Stride> steps,
        List<RunSummary.Tally> tallies,
        List<Trouble> troubled,
        List<Group> rest,
        List<KeptText> texts,
        List<Shard> shards,
        OverTime nights,
        Spread spread,
        @Nullable Changes changes,
        List<Command> commands,
        @Nullable Instant asOf) {

    static final int TROUBLED = 1_000;

    /** Up to so many cases, all stand on the page. */
    static final int WHOLE = 2_000;

    /** How many cases a page of a list has. */
    static final int LISTED = 1_000;

    /**
     * A step.
     *
     * @param took until the next step or until now; null for the last one of an ended cell
     * @param x where its bar begins, in thousandths of the time from the first step that is not queued
     * @param live whether the cell is at it now
     */
    public record Stride(Step step, Instant at, @Nullable Duration took, long x, long width, boolean live) {}

    /**
     * A case that is bad or changed.
     *
     * @param isNew it was not bad in the baseline
     * @param confirmation what became of it when it was to be run again, or null
     * @param again the command that runs it again, or null where it cannot be run alone
     */
    public record Trouble(
            CaseLine line,
            State before,
            State now,
            boolean isNew,
            @Nullable Confirmation confirmation,
            @Nullable String again) {}

    /**
     * Cases of one verdict.
     *
     * @param cases those that are not told above; none where there are pages
     * @param pages the addresses of lists of all of them; none where {@code cases} are all
     */
    public record Group(State state, int count, List<CaseLine> cases, List<String> pages) {}

    /**
     * A guest that runs some of the cases.
     *
     * @param texts what was kept of it
     */
    public record Shard(GuestRecord guest, List<KeptText> texts) {}

    /** A command line and what it is good for. */
    public record Command(String purpose, String line) {}

    static List<Stride> steps(CellView view, Instant now) {
        List<Map.Entry<Step, Instant>> stamps = new ArrayList<>(view.steps().entrySet());
        boolean ended = view.line().outcome() != null;
        Instant end = ended && view.line().endedAt() != null ? view.line().endedAt() : now;
        Instant from = stamps.stream()
                .filter(stamp -> stamp.getKey() != Step.QUEUED)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(end);
        double whole = Math.max(1, Duration.between(from, end).toMillis());
        List<Stride> strides = new ArrayList<>();
        for (int at = 0; at < stamps.size(); at++) {
            Step step = stamps.get(at).getKey();
            Instant began = stamps.get(at).getValue();
            boolean last = at + 1 == stamps.size();
            Duration took = last && step == Step.DONE
                    ? null
                    : Duration.between(began, last ? end : stamps.get(at + 1).getValue());
            long x = 0;
            long width = 0;
            if (took != null && step != Step.QUEUED) {
                x = Math.round(Duration.between(from, began).toMillis() * 1_000 / whole);
                width = Math.max(3, Math.round(took.toMillis() * 1_000 / whole));
            }
            strides.add(new Stride(step, began, took, x, width, last && !ended));
        }
        return strides;
    }

    static List<RunSummary.Tally> tallies(CellView view) {
        return view.line().counts().byVerdict().entrySet().stream()
                .map(entry -> new RunSummary.Tally(State.of(entry.getKey()), entry.getValue()))
                .toList();
    }

    static List<Trouble> troubled(CellView view) {
        return view.cases().stream()
                .filter(CaseLine::isTroubled)
                .map(line -> trouble(view, line))
                .sorted(java.util.Comparator.comparing((Trouble one) -> !one.isNew())
                        .thenComparing(one -> !one.line().verdict().isBad()))
                .limit(TROUBLED)
                .toList();
    }

    private static Trouble trouble(CellView view, CaseLine line) {
        Verdict before = line.before();
        boolean isNew = line.verdict().isBad() && before != null && !before.isBad();
        return new Trouble(
                line,
                State.of(before),
                State.of(line.verdict()),
                isNew,
                view.confirmation(line),
                line.verdict().isBad() ? Commands.again(view, line.name()) : null);
    }

    /** Whether the view holds all cases, and the page is to show them. */
    static boolean isWhole(CellView view) {
        return view.line().counts().total() <= WHOLE;
    }

    static List<Group> rest(CellView view, Links links) {
        EnumMap<Verdict, List<CaseLine>> byVerdict = new EnumMap<>(Verdict.class);
        if (isWhole(view)) {
            long troubled = 0;
            for (CaseLine line : view.cases()) {
                if (!line.isTroubled() || ++troubled > TROUBLED) {
                    byVerdict
                            .computeIfAbsent(line.verdict(), verdict -> new ArrayList<>())
                            .add(line);
                }
            }
        } else {
            view.line().counts().byVerdict().keySet().forEach(verdict -> byVerdict.put(verdict, List.of()));
        }
        List<Group> groups = new ArrayList<>();
        byVerdict.forEach((verdict, lines) -> {
            int count = isWhole(view)
                    ? lines.size()
                    : view.line().counts().byVerdict().getOrDefault(verdict, 0);
            List<String> pages =
                    isWhole(view) ? List.of() : pages(view.line(), new CaseFilter(verdict, ""), count, links);
            groups.add(new Group(State.of(verdict), count, lines, pages));
        });
        return groups;
    }

    static List<String> pages(CellLine line, CaseFilter filter, int count, Links links) {
        return IntStream.rangeClosed(1, (count + LISTED - 1) / LISTED)
                .mapToObj(page -> links.cases(line.run(), line.cell(), filter, page))
                .toList();
    }

    /** The guests of a cell in shards, and what was kept of each; none where it has one guest. */
    static List<Shard> shards(CellView view, List<KeptText> texts) {
        List<GuestRecord> guests = view.guests().stream()
                .filter(guest -> !guest.role().equals("main"))
                .toList();
        return guests.stream()
                .map(guest -> new Shard(
                        guest,
                        texts.stream()
                                .filter(text -> text.file().name().startsWith(guest.role() + "/"))
                                .filter(text -> !text.file().role().equals("artefact"))
                                .toList()))
                .toList();
    }
}
