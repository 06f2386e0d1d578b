package muster.reports.site;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Counts;
import muster.reports.Ending.KeptFile;
import muster.reports.GuestRecord;
import muster.reports.Outcome;
import muster.reports.Step;
import muster.reports.view.CaseLine;
import muster.reports.view.CellLine;
import muster.reports.view.CellView;
import muster.reports.view.RunLine;
import muster.reports.view.RunView;
import muster.testsuites.Verdict;

/**
 * Twelve nights of three distributions and two suites: cases that break, flicker and are mended, a guest that did not
 * boot, one that took too long, one that was lost, and a last run that is still under way.
 */
final class DemoFarm {

    static final Instant NOW = Instant.parse("2026-08-04T23:41:20Z");
    static final CellKey CELL = CellKey.parse("debian-12:commands:default@uml");
    private static final CellKey LARGE = CellKey.parse("debian-13:large:default@uml");
    private static final List<String> DISTRIBUTIONS = List.of("debian-11", "debian-12", "debian-13");
    private static final List<String> SUITES = List.of("commands:default@uml", "posix:full@uml");
    private static final List<String> TOOLS = List.of(
            "basename base64 cat cksum cmp comm cp cut date dd diff dirname du echo env expand expr factor find fold grep"
                    .split(" ", -1));
    private static final List<String> TRAITS = List.of(
            ("-|no arguments|one file|two files|missing file [fail]|-h|-n 1|-z|empty input|no newline at the end|"
                            + "long line|binary input|--help|unknown option [fail]|stdin and file|-s -a|exit status|"
                            + "closed output|quoted name|name with a space|utf8|-v -v|/dev/full|-r .|-c 1,3-5|twice|"
                            + "a directory [fail]|-i|-w0|trailing slash|symbolic link|dangling link|-f|huge number|"
                            + "negative number|zero|tab|-e|-x|-o file|sorted|reversed|-u|-d ,|-1|-m 3|-l|-A 2|-B 2|"
                            + "-C 1|pattern|(group)")
                    .split("\\|", -1));
    private static final List<String> BROKEN = List.of(
            "cut -DF 2",
            "factor -x",
            "find -type f -user -exec",
            "fold fold_test_1",
            "paste -d '私\\0̴̗̞̠eq' - - - - - - ",
            "rmdir -p abspath",
            "tac file1 notfound file2",
            "wc one file");
    static final String HOSTILE =
            "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe \u001b[31mred\u001b[0m \u0000 \"'& ../../etc/passwd";
    static final String LATE = "date -d 1999-W07-3 +%s";
    private static final String MENDED = "sed s/x*/y/g on an empty line";
    private static final String FLICKER = "timeout 0.1 sleep 5";

    final FakeHistory history = new FakeHistory();
    private final Map<String, Verdict> lastVerdicts = new HashMap<>();
    private final Map<String, Long> since = new HashMap<>();
    private final Map<CellKey, Long> baselines = new HashMap<>();

    static FakeHistory history() {
        DemoFarm farm = new DemoFarm();
        for (long run = 1; run <= 12; run++) {
            farm.night(run);
        }
        return farm.history;
    }

    void night(long number) {
        Instant queued = Instant.parse("2026-07-24T23:30:00Z").plus(Duration.ofDays(number - 1));
        List<CellView> views = new ArrayList<>();
        List<RunView.ChangedCase> broken = new ArrayList<>();
        for (String distribution : DISTRIBUTIONS) {
            for (String suite : SUITES) {
                CellKey key = CellKey.parse(distribution + ":" + suite);
                views.add(cell(number, key, queued, broken));
            }
        }
        if (number >= 11) {
            views.add(cell(number, LARGE, queued, broken));
        }
        views.sort(java.util.Comparator.comparing(view -> view.line().cell()));
        EnumMap<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        EnumMap<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        int mended = 0;
        Instant end = queued;
        for (CellView view : views) {
            CellLine line = view.line();
            if (line.outcome() != null) {
                outcomes.merge(line.outcome(), 1, Integer::sum);
                end = line.endedAt().isAfter(end) ? line.endedAt() : end;
            }
            line.counts().byVerdict().forEach((verdict, count) -> verdicts.merge(verdict, count, Integer::sum));
            mended += line.mended();
        }
        boolean live = number == 12;
        RunLine line = new RunLine(
                number,
                "nightly",
                queued,
                live ? null : end,
                outcomes,
                views.size(),
                new Counts(verdicts),
                broken.size(),
                mended);
        List<CellLine> lines = views.stream().map(CellView::line).toList();
        history.add(new RunView(line, "6f3a".repeat(16), Map.of(), lines, broken), views);
    }

    private CellView cell(long run, CellKey key, Instant queued, List<RunView.ChangedCase> broken) {
        boolean posix = key.suite().equals("posix");
        String which = key.distribution() + "/" + key.suite() + "/" + run;
        Instant began = queued.plusSeconds(2 + (posix ? 60 : 0) + 12L * DISTRIBUTIONS.indexOf(key.distribution()));
        return switch (which) {
            case "debian-13/posix/12" -> unfinished(run, key, Step.QUEUED, null, queued);
            case "debian-12/posix/12" -> unfinished(run, key, Step.RUNNING, began.plusSeconds(130), queued);
            case "debian-13/commands/4" ->
                ended(
                        run,
                        key,
                        queued,
                        began,
                        Outcome.BOOT_FAILED,
                        "No SSH after 5 min, twice; the console ends: Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(98,0)",
                        List.of());
            case "debian-11/posix/11" ->
                ended(
                        run,
                        key,
                        queued,
                        began,
                        Outcome.TIMED_OUT,
                        "The suite took longer than the 2 h allowed; 412 of 520 cases had ended.",
                        cases(run, key, 412, broken));
            case "debian-12/commands/7" ->
                ended(
                        run,
                        key,
                        queued,
                        began,
                        Outcome.LOST,
                        "The guest's process has gone: killed by signal 9 after 21 s.",
                        List.of());
            case "debian-12/posix/3" ->
                ended(run, key, queued, began, Outcome.CANCELLED, "Cancelled from another terminal.", List.of());
            default -> {
                List<CaseLine> cases = cases(run, key, posix ? 520 : Integer.MAX_VALUE, broken);
                long bad = cases.stream().filter(each -> each.verdict().isBad()).count();
                yield ended(
                        run,
                        key,
                        queued,
                        began,
                        bad == 0 ? Outcome.PASSED : Outcome.FAILED,
                        bad == 0 ? "" : bad + " of " + cases.size() + " cases are bad.",
                        cases);
            }
        };
    }

    private List<CaseLine> cases(long run, CellKey key, int most, List<RunView.ChangedCase> broken) {
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        if (key.suite().equals("posix")) {
            for (int at = 0; at < Math.min(520, most); at++) {
                verdicts.put(
                        "conformance/interfaces/pthread_" + TOOLS.get(at % 21) + "/" + (at / 21 + 1) + "-1",
                        at % 61 == 7 && key.distribution().equals("debian-11")
                                ? Verdict.UNRESOLVED
                                : at % 40 == 9 ? Verdict.UNSUPPORTED : Verdict.PASS);
            }
        } else if (key.equals(LARGE)) {
            for (int at = 0; at < 2_600; at++) {
                verdicts.put("group-" + at / 100 + "/case-" + at, at % 900 == 7 ? Verdict.FAIL : Verdict.PASS);
            }
        } else {
            for (String tool : TOOLS) {
                TRAITS.forEach(trait -> verdicts.put(tool + " " + trait, Verdict.PASS));
            }
            for (int at = 0; at < 43; at++) {
                verdicts.put(TOOLS.get(at % 21) + " " + TRAITS.get(at % TRAITS.size()), Verdict.SKIP);
            }
            verdicts.put(HOSTILE, Verdict.FAIL);
            BROKEN.forEach(name -> verdicts.put(name, Verdict.FAIL));
            verdicts.put(LATE, !key.distribution().equals("debian-11") && run >= 12 ? Verdict.FAIL : Verdict.PASS);
            verdicts.put(
                    "touch -d nanoseconds",
                    key.distribution().equals("debian-13") && run >= 9 ? Verdict.FAIL : Verdict.PASS);
            verdicts.put(MENDED, run < 12 ? Verdict.FAIL : Verdict.PASS);
            verdicts.put(FLICKER, run % 4 == 3 ? Verdict.UNRESOLVED : Verdict.PASS);
        }
        List<CaseLine> lines = new ArrayList<>();
        long line = 1;
        for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
            String lane = key + "|" + entry.getKey();
            Verdict verdict = entry.getValue();
            Verdict before = lastVerdicts.put(lane, verdict);
            if (before != verdict) {
                since.put(lane, run);
            }
            String message = message(entry.getKey(), verdict);
            lines.add(new CaseLine(
                    entry.getKey(),
                    verdict,
                    verdict == Verdict.UNRESOLVED ? "HUNG" : verdict.name(),
                    message,
                    verdict == Verdict.UNRESOLVED ? Duration.ofMillis(5_012) : took(run, key, entry.getKey()),
                    line += message.isEmpty() ? 1 : 8,
                    before,
                    since.get(lane),
                    null));
            if (verdict.isBad() && before != null && !before.isBad()) {
                broken.add(new RunView.ChangedCase(key, entry.getKey(), before.name(), verdict.name(), message));
            }
        }
        lines.sort(java.util.Comparator.comparing(
                (CaseLine each) -> !each.verdict().isBad()));
        return lines;
    }

    /** Some tools differ more from night to night than others; sort became slow. */
    private static Duration took(long run, CellKey key, String name) {
        long usual = 3L + Math.floorMod(name.hashCode(), 400);
        long swing = Math.floorMod(name.hashCode() * 31L + run * 977 + key.hashCode(), 1 + usual / 2);
        return Duration.ofMillis(name.equals("find -m 3") && run >= 12 ? 4_100 + usual : usual + swing);
    }

    private static String message(String name, Verdict verdict) {
        if (name.equals(HOSTILE)) {
            return "</pre><script>alert(3)</script> \u001b]0;title\u0007 \u2066isolated\u2069\n\u202ednes siht";
        }
        return switch (verdict) {
            case FAIL -> name.startsWith("date") ? """
                        echo -ne '' | TZ=UTC "/usr/bin/date" -d 1999-W07-3 +%s
                        --- expected
                        +++ actual
                        @@ -1 +1 @@
                        -919209600
                        +date: invalid date '1999-W07-3'""" : """
                        echo -ne 'abcdef d\\n' | "/usr/bin/%s" -w4 -s
                        --- expected	2026-08-04 23:31:02.959086811 +0000
                        +++ actual	2026-08-04 23:31:02.963086811 +0000
                        @@ -1,3 +1,2 @@
                         abcd
                        -ef\s
                        -d
                        +ef d""".formatted(name.split("[ /]", 2)[0]);
            case UNRESOLVED -> "timeout: no end within 5 s, killed by signal 14";
            case SKIP -> "not root";
            default -> "";
        };
    }

    private CellView unfinished(long run, CellKey key, Step step, Instant running, Instant queued) {
        SortedMap<Step, Instant> steps = new TreeMap<>();
        steps.put(Step.QUEUED, queued);
        Instant began = null;
        if (running != null) {
            began = queued.plusSeconds(100);
            steps.put(Step.CLONING, began);
            steps.put(Step.BOOTING, began.plusMillis(420));
            steps.put(Step.PREPARING, began.plusMillis(7_900));
            steps.put(Step.RUNNING, running);
        }
        CellLine line = new CellLine(run, key, step, null, "", began, null, Counts.NONE, 0, 0);
        List<CellView.AttemptLine> attempts = began == null
                ? List.of()
                : List.of(new CellView.AttemptLine(Attempt.Kind.MAIN, began, null, step.word()));
        return new CellView(
                line,
                attempts,
                steps,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                baselines.get(key));
    }

    private CellView ended(
            long run, CellKey key, Instant queued, Instant began, Outcome outcome, String why, List<CaseLine> cases) {
        SortedMap<Step, Instant> steps = new TreeMap<>();
        steps.put(Step.QUEUED, queued);
        steps.put(Step.CLONING, began);
        steps.put(Step.BOOTING, began.plusMillis(450));
        Instant end = began.plusSeconds(318);
        if (!cases.isEmpty() || outcome == Outcome.LOST) {
            steps.put(Step.PREPARING, began.plusMillis(7_400));
            steps.put(Step.RUNNING, began.plusMillis(11_900));
            end = began.plusSeconds(key.suite().equals("posix") ? 420 + run : 52 + run % 5);
            steps.put(Step.COLLECTING, end.minusMillis(2_300));
        }
        steps.put(Step.DONE, end);
        EnumMap<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        int broken = 0;
        int mended = 0;
        for (CaseLine each : cases) {
            counts.merge(each.verdict(), 1, Integer::sum);
            broken += each.isChanged() && each.verdict().isBad() ? 1 : 0;
            mended += each.isChanged() && each.before().isBad() ? 1 : 0;
        }
        CellLine line = new CellLine(run, key, Step.DONE, outcome, why, began, end, new Counts(counts), broken, mended);
        boolean late = outcome == Outcome.TIMED_OUT;
        List<String> notes = late
                ? List.of(
                        "the journal stops in the middle of line 2,481",
                        "1 line could not be read: line 7 has 'pthread_cond' where a verdict was expected")
                : List.of();
        SortedMap<String, String> provenance = new TreeMap<>(Map.of(
                "image.name",
                key.distribution() + "-9f0b1c2d3e4f",
                "kernel.version",
                "6.12.38",
                "driver.command",
                "linux.uml mem=512M ubd0=clone.cow,disk.raw root=/dev/ubda rw quiet con0=fd:0,fd:1 con=null vec0:transport=bess,dst=/w/net muster.seed=/dev/ubdb",
                "suite.digest",
                "c3ab".repeat(16),
                "subject.date",
                "/usr/bin/date (GNU coreutils) " + (run >= 12 ? "9.5" : "9.1"),
                "host.name",
                "farm-1"));
        provenance.put("host.pressure.cpu", 12 + Math.floorMod(key.hashCode(), 30) + " %");
        provenance.put("host.pressure.memory", Math.floorMod(key.hashCode(), 7) + " %");
        provenance.put("host.pressure.io", Math.floorMod(key.hashCode() + run, 19) + " %");
        SortedMap<String, String> packages = new TreeMap<>();
        for (String name :
                "apt base-files bash bsdutils coreutils dash debianutils diffutils dpkg findutils grep gzip hostname init libc6 libssl3 login mawk openssh-server passwd perl-base sed systemd tar util-linux"
                        .split(" ", -1)) {
            packages.put(name, name.equals("coreutils") && run >= 12 ? "9.5-1" : "9.1-1+b2");
        }
        if (run >= 12) {
            packages.put("libzstd1", "1.5.6+dfsg-1");
        }
        Long baseline = baselines.get(key);
        if (!cases.isEmpty() && !late) {
            baselines.put(key, run);
        }
        return new CellView(
                line,
                outcome == Outcome.BOOT_FAILED
                        ? List.of(
                                new CellView.AttemptLine(
                                        Attempt.Kind.MAIN, began, began.plusSeconds(159), "boot-failed"),
                                new CellView.AttemptLine(
                                        Attempt.Kind.RETRY, began.plusSeconds(159), end, "boot-failed"))
                        : List.of(new CellView.AttemptLine(Attempt.Kind.MAIN, began, end, outcome.word())),
                steps,
                guests(key, began),
                cases,
                cases.isEmpty() ? null : outcome == Outcome.PASSED ? 0 : 1,
                notes,
                files(key, run, cases, outcome),
                provenance,
                packages,
                baseline);
    }

    private static List<GuestRecord> guests(CellKey key, Instant began) {
        String image = key.distribution() + "-9f0b1c2d3e4f";
        return key.equals(LARGE)
                ? List.of(
                        new GuestRecord("shard-1", "uml", "farm-2", image, began),
                        new GuestRecord("shard-2", "uml", "farm-1", image, began.plusSeconds(3)))
                : List.of(new GuestRecord("main", "uml", "farm-1", image, began));
    }

    private List<KeptFile> files(CellKey key, long run, List<CaseLine> cases, Outcome outcome) {
        List<KeptFile> files = new ArrayList<>();
        StringBuilder journal = new StringBuilder();
        cases.forEach(each -> journal.append(each.nativeWord())
                .append(": ")
                .append(each.name())
                .append('\n')
                .append(each.message().isEmpty() ? "" : each.message() + "\n"));
        if (!cases.isEmpty()) {
            if (key.equals(LARGE)) {
                files.add(keep("console", "shard-1/console", "muster-ready\n", 0));
                files.add(keep("log", "shard-1/log", "shard 1 of 2\n", 0));
                files.add(keep("log", "shard-2/log", "shard 2 of 2\n", 0));
            }
            files.add(keep("journal", "journal", journal.toString(), outcome == Outcome.TIMED_OUT ? 64_000_000 : 0));
            files.add(keep(
                    "log",
                    "log",
                    "preparing " + key + "\ntesting /usr/bin/date, GNU coreutils\nrun " + run + " has ended\n",
                    0));
        }
        files.add(keep(
                "console",
                "console",
                """
                [    0.000000] Linux version 6.12.38 (debian-kernel) #1 PREEMPT Debian 6.12.38-1
                [    0.000000] Command line: ubd0=clone.cow,disk.raw root=/dev/ubda rw quiet
                [    0.410000] EXT4-fs (ubda): mounted filesystem with ordered data mode
                """
                        + (outcome == Outcome.BOOT_FAILED
                                ? "[    0.520000] \u001b[31mKernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(98,0)\u001b[0m\n"
                                : "muster-ready\n"),
                0));
        return files;
    }

    private KeptFile keep(String role, String name, String content, long cutAt) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String digest = Links.digest(content);
        history.files.put(digest, bytes);
        return new KeptFile(role, name, digest, bytes.length, cutAt);
    }
}
