package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import muster.orchestrator.config.Installation;
import muster.orchestrator.home.Home;
import muster.reports.Attempt;
import muster.reports.CellKey;
import muster.reports.Confirmation;
import muster.reports.Ending;
import muster.reports.GuestRecord;
import muster.reports.NewRun;
import muster.reports.Outcome;
import muster.reports.ResultStore;
import muster.reports.Scope;
import muster.reports.Waiver;
import muster.reports.store.JdbiResultStore;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a guest, a journal or a waiver says is shown as text: by every verb that prints it, and on every page. */
class HostileTextTest {

    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    private static final String HOSTILE =
            MARKUP + "\u202egnp.exe\u2066 \u001b]0;own\u0007\u001b[2J\u009b31m\u0000\"'&\r\u2028\u007f ]]> ${x} &lt;";
    private static final String LINES = HOSTILE + "\nrun 99: all is well";
    private static final String HUGE = HOSTILE + "x".repeat(1 << 20);
    private static final CellKey CELL = CellKey.parse("debian-12:commands:default@uml");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

    /** What steers a terminal or turns the direction of writing. */
    private static final Pattern STEERS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\p{Cf}]");

    @TempDir
    Path folder;

    @Test
    void hostileTextIsShownAsTextByEveryVerbAndOnEveryPage() throws IOException {
        Path home = folder.resolve("home");
        try (ResultStore store = JdbiResultStore.open(Home.open(home).store(), Clock.systemUTC())) {
            store.waivers().add(waiver(LINES.replace('*', ' ')), HOSTILE, MIDNIGHT);
            store.waivers().add(waiver("waived*"), HUGE, MIDNIGHT);
            night(store, 0);
            night(store, 1);
        }
        String name = name(home);
        Path journal = Files.writeString(
                folder.resolve("journal"), "1..3\nok 1 - " + HOSTILE + "\nnot ok 2 - " + HUGE + "\n" + HOSTILE + "\n");

        List<String> silent = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (List<String> arguments : List.of(
                List.of("status"),
                List.of("log", CELL.toString()),
                List.of("journal", CELL.toString()),
                List.of("console", CELL.toString(), "--lines", "3"),
                List.of("diff", "1", "2"),
                List.of("diff", "2"),
                List.of("why", CELL.toString(), name),
                List.of("why", CELL.toString(), "no " + HOSTILE),
                List.of("history", name),
                List.of("history", "no " + HOSTILE),
                List.of("waivers"),
                List.of("resolve"),
                List.of("read", journal.toString()),
                List.of(
                        "report",
                        "import",
                        folder.resolve("no" + "\u202e\u009b").toString()))) {
            String said = muster(home, arguments);
            assertThat(STEERS.matcher(said)
                            .results()
                            .map(found -> said.substring(Math.max(0, found.start() - 40), found.end())))
                    .as("what steers in the answer of " + arguments.getFirst())
                    .isEmpty();
            if (said.startsWith("cannot ")) {
                refused.add(arguments.getFirst());
            }
            if (!said.contains("<script>") && !said.contains("cannot ")) {
                silent.add(arguments.getFirst());
            }
            if (!List.of("log", "journal", "console").contains(arguments.getFirst())) {
                assertThat(said.length())
                        .as("what %s prints", arguments.getFirst())
                        .isLessThan(200_000);
                assertThat(said.lines())
                        .as("lines of %s", arguments.getFirst())
                        .noneMatch(line -> line.startsWith("run 99"));
            }
        }
        assertThat(silent).as("verbs that printed none of it").isEmpty();
        assertThat(refused)
                .as("verbs that were asked for what is not there")
                .containsExactly("why", "history", "report");
        for (List<String> arguments : List.of(
                List.of("status", "--json"),
                List.of("diff", "1", "2", "--json"),
                List.of("why", CELL.toString(), name, "--json"),
                List.of("history", name, "--json"),
                List.of("waivers", "--json"),
                List.of("read", journal.toString(), "--json"))) {
            assertThat(muster(home, arguments).replace('\u007f', ' '))
                    .as("JSON of " + arguments.getFirst())
                    .doesNotContainPattern(STEERS);
        }

        Path site = folder.resolve("site");
        muster(home, List.of("report", "export", site.toString()));
        List<Path> pages;
        try (var all = Files.walk(site)) {
            pages = all.filter(path -> path.toString().endsWith(".html")).toList();
        }
        assertThat(pages).hasSizeGreaterThan(8);
        List<String> shows = new ArrayList<>();
        for (Path page : pages) {
            String html = Files.readString(page);
            assertThat(html)
                    .as("page " + site.relativize(page))
                    .doesNotContain("<script", "<img", "onerror=alert(2)>")
                    .doesNotContainPattern(STEERS);
            assertThat(html.length()).as("size of " + site.relativize(page)).isLessThan(200_000);
            if (html.contains("&lt;script&gt;alert(1)")) {
                shows.add(site.relativize(page).toString());
            }
        }
        assertThat(shows).as("pages that show it as text").hasSameSizeAs(pages);
    }

    /** The name that the store has given to the huge one. */
    private String name(Path home) throws IOException {
        try (ResultStore store = JdbiResultStore.open(Home.open(home).store(), Clock.systemUTC())) {
            return store.history().cell(2, CELL).orElseThrow().cases().stream()
                    .map(line -> line.name())
                    .filter(each -> each.startsWith(MARKUP) && each.length() == 512)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void night(ResultStore store, int day) throws IOException {
        Instant at = MIDNIGHT.plusSeconds(86_400L * (day + 1));
        long run = store.queue(new NewRun(HOSTILE, HOSTILE, at, Map.of(), List.of(CELL)));
        Attempt attempt = store.begin(run, CELL, Attempt.Kind.MAIN, at);
        store.guest(attempt, new GuestRecord(HOSTILE, HOSTILE, HOSTILE, HOSTILE, at));
        Path text = Files.writeString(folder.resolve("text"), LINES + "\n" + HUGE + "\n" + LINES.repeat(30));
        Verdict verdict = day == 0 ? Verdict.PASS : Verdict.FAIL;
        List<Ending.KeptFile> files = List.of(
                store.keep("journal", "journal", text, 0),
                store.keep("log", "log", text, 0),
                store.keep("console", "console", text, 0),
                store.keep("artefact", MARKUP.replace('/', '|') + "\u202e.txt", text, 0));
        store.finish(
                attempt,
                sink -> {
                    sink.result(new CaseResult(HUGE, verdict, HOSTILE, 1, HUGE, null, 1));
                    sink.result(new CaseResult(LINES, verdict, HOSTILE, 1, LINES, null, 2));
                    sink.result(new CaseResult("waived " + HOSTILE, Verdict.FAIL, "", 1, LINES, null, 3));
                    sink.result(new CaseResult("decide " + HOSTILE, Verdict.FIP, "", 1, LINES, null, 4));
                    sink.unreadable(9, HOSTILE, HOSTILE);
                    sink.truncated(HOSTILE);
                },
                read -> new Ending(
                        Outcome.FAILED,
                        LINES,
                        at.plusSeconds(60),
                        1,
                        true,
                        read.notes(),
                        files,
                        new TreeMap<>(Map.of(
                                "kernel.version",
                                HOSTILE + day,
                                "suite.version",
                                HOSTILE,
                                "subject." + HOSTILE,
                                HOSTILE + day,
                                "driver.command",
                                LINES + day)),
                        new TreeMap<>(Map.of(HOSTILE, HOSTILE + day))));
        if (day > 0) {
            store.confirm(run, CELL, null, new Confirmation(Confirmation.Standing.UNCONFIRMED, 0, 0, HOSTILE));
        }
        store.close(run, at.plusSeconds(90));
    }

    private static Waiver waiver(String cases) {
        return new Waiver(
                new Scope(cases, "commands", null, null, List.of("*")),
                Waiver.Kind.SUITE_DEFICIENCY,
                LINES,
                HOSTILE,
                HOSTILE,
                LocalDate.parse("2026-02-01"),
                LocalDate.parse("2026-12-01"));
    }

    private static String muster(Path home, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--home", home.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String told = System.getProperty(Installation.PROPERTY);
        try {
            System.setProperty(
                    Installation.PROPERTY,
                    Path.of("..").toAbsolutePath().normalize().toString());
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            Main.run(all.toArray(String[]::new));
        } finally {
            System.setOut(out);
            System.setErr(err);
            if (told == null) {
                System.clearProperty(Installation.PROPERTY);
            } else {
                System.setProperty(Installation.PROPERTY, told);
            }
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
