package muster.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import muster.orchestrator.engine.Admission;
import muster.orchestrator.engine.LocalEngine;
import muster.orchestrator.guest.FakeDriver;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.CellRun;
import muster.orchestrator.run.TestCells;
import muster.orchestrator.run.TestFarm;
import muster.reports.AuditEntry;
import muster.reports.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as they are served, in a real browser, of a farm whose guests are SSH servers in this process. */
class PagesIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String HOSTILE = "<script>document.title=/taken/</script>";

    @TempDir
    Path folder;

    private TestFarm farm;
    private HomeApi api;
    private Browser browser;
    private String site;
    private Path go;

    @BeforeEach
    void open() throws IOException {
        go = folder.resolve("go");
        farm = new TestFarm(folder.resolve("home"), new FakeDriver(), new Admission(8 * TestCells.MEMORY, 8, 4));
        api = new HomeApi(new Held(
                new Home(folder.resolve("home")),
                farm.board(),
                farm.store(),
                (attempt, which, shard) -> InputStream.nullInputStream(),
                (attempt, which, shard) -> Optional.of(which.file(
                        folder.resolve("home/attempts/" + attempt.attempt().id()))),
                queue(),
                new FakeDeeds(),
                new FakeUpkeep(),
                Clock.systemUTC(),
                ZoneOffset.UTC));
        site = "http://127.0.0.1:" + api.listen("127.0.0.1", 0) + "/";
        browser = new Browser(folder);
    }

    @AfterEach
    void close() {
        browser.close();
        api.close();
        farm.close();
    }

    private HomeApi.Queue queue() {
        return new HomeApi.Queue() {
            @Override
            public RerunAnswer rerun(Long run) {
                throw new AssertionError("nobody asked");
            }

            @Override
            public int hold(HoldRequest asked) {
                throw new AssertionError("nobody asked");
            }

            @Override
            public List<StatusLine> cells() {
                return farm.board().snapshot().stream().map(StatusLine::of).toList();
            }

            @Override
            public QueueAnswer add(QueueRequest asked) throws IOException {
                TestCells cells = new TestCells(folder.resolve("suites"));
                List<CellRun> runs = farm.queue(List.of(
                        cells.cell("good", "printf 'PASS: one\\nEND: 1\\n' >>$MUSTER_JOURNAL"),
                        cells.cell("hostile", """
                                echo "the first line"
                                while [ ! -e '%s' ]; do sleep 0.1; done
                                echo "written at $(date +%%s%%3N), <b>bold</b>"
                                while [ ! -e '%s.on' ]; do sleep 0.1; done
                                printf 'PASS: one\\nFAIL: %s\\nEND: 2\\n' >>$MUSTER_JOURNAL
                                """.formatted(go, go, HOSTILE))));
                long run = runs.getFirst().id().run();
                Thread.ofVirtual().start(() -> {
                    new LocalEngine().run(runs);
                    farm.store().close(run, Instant.now());
                    api.changed();
                });
                return new QueueAnswer(run, true);
            }

            @Override
            public List<ScheduleLine> schedule() {
                return List.of(new ScheduleLine(
                        "nightly",
                        "/farm/nightly.yaml",
                        "0 30 1 * * ?",
                        "Europe/Berlin",
                        List.of(Instant.parse("2026-11-22T00:30:00Z"), Instant.parse("2026-11-23T00:30:00Z")),
                        false,
                        null,
                        List.of()));
            }

            @Override
            public void change(ScheduleChange asked) {
                throw new AssertionError("nobody asked");
            }
        };
    }

    @Test
    void aNightIsQueuedWatchedAndItsFailureWaived() throws Exception {
        browser.as("light", 1_280);
        browser.show(site + "sign-in.html?code=" + api.signInCode());
        browser.press("main button");
        browser.show(site + "queue.html");
        browser.press("main form button");
        assertThat(browser.address()).endsWith("run/1/index.html");
        assertThat(browser.text()).contains("Queued run 1 of nightly.").contains("Run 1 is under way");
        browser.script("window.same = true");
        await().atMost(LONG)
                .until(() -> browser.text().contains("passed") && browser.text().contains("running"));
        assertThat(browser.script("return window.same"))
                .as("the page fills in by itself")
                .isEqualTo(true);
        pictures("run-live", "run/1/index.html");
        pictures("queue-live", "queue.html");

        String cell = site + "run/1/debian-12~hostile~default~fake.html";
        browser.show(cell);
        await().atMost(LONG).until(() -> followed().contains("the first line"));
        browser.script("""
                window.seen = 0;
                const text = document.querySelector('[data-follow]');
                new MutationObserver(() => {
                  if (!window.seen && text.textContent.includes('written at')) { window.seen = Date.now(); }
                }).observe(text, { childList: true, characterData: true, subtree: true });
                """);
        Files.createFile(go);
        await().atMost(LONG).until(() -> !browser.script("return window.seen").equals(0L));
        long written = Long.parseLong(followed().replaceAll("(?s).*written at ([0-9]+).*", "$1"));
        long took = (Long) browser.script("return window.seen") - written;
        System.out.printf("%d ms from the guest's line to the browser%n", took);
        assertThat(followed()).contains("<b>bold</b>");
        pictures("cell-live", "run/1/debian-12~hostile~default~fake.html");
        browser.script("window.same = true");
        Files.createFile(folder.resolve("go.on"));
        await().atMost(LONG)
                .until(() -> browser.script("return document.querySelectorAll('[data-follow]').length")
                                .equals(0L)
                        && (browser.text().contains("newly") || browser.text().contains("Bad or changed")));
        assertThat(browser.script("return window.same"))
                .as("nothing that a person has begun to write is lost when a cell ends")
                .isEqualTo(true);

        assertThat(browser.script("return document.title")).asString().doesNotContain("taken");
        assertThat(browser.text()).contains(HOSTILE);
        browser.find(".case-list .act summary").click();
        browser.find(".act [name=reason]").sendKeys("known since <i>July</i>");
        browser.find(".act [name=owner]").sendKeys("Ada");
        browser.script("document.querySelector('.act [name=expires]').value = '"
                + LocalDate.now(ZoneOffset.UTC).plusDays(30) + "'");
        pictures("cell-waive", null);
        browser.press(".act .row-form button");
        assertThat(browser.address()).contains("waivers.html");
        assertThat(browser.text()).contains(HOSTILE).contains("known since <i>July</i>");
        assertThat(farm.store().audit().newest(9, Long.MAX_VALUE))
                .extracting(AuditEntry::what)
                .containsExactly("waive", "queue", "sign in");
        NewToken.make(farm.store().tokens(), "night-watch", Role.OPERATOR, Instant.now(), Duration.ofDays(90));
        for (String page : List.of("index", "waivers", "hosts", "schedule", "access", "queue")) {
            pictures(page, page + ".html");
        }
        pictures("cell", "run/1/debian-12~hostile~default~fake.html");
        browser.find("[role=search] [name=name]")
                .sendKeys(HOSTILE.substring(0, 4).toUpperCase(Locale.ROOT));
        browser.press("[role=search] button");
        assertThat(browser.address()).contains("/cases.html?name=");
        assertThat(browser.text()).contains("1 case, in").contains(HOSTILE);
        pictures("cases", null);
        pictures("run", "run/1/index.html");
        pictures("problem", "run/99/index.html");
        browser.press(".places-bar form button");
        pictures("sign-in", "sign-in.html");
        assertThat(browser.script("return document.querySelectorAll('main form').length"))
                .isEqualTo(1L);
        browser.show(cell);
        assertThat(browser.script("return document.querySelectorAll('main form[method=post]').length"))
                .as("who is not signed in has no buttons")
                .isEqualTo(0L);
    }

    private String followed() {
        return String.valueOf(browser.script(
                "return (document.querySelector('[data-follow]') || document.createElement('p')).textContent"));
    }

    /** Light and dark, wide and narrow; each fits, is quiet, and has no serious barrier. */
    private void pictures(String name, String page) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(1_280, 360)) {
                browser.as(scheme, width);
                if (page != null) {
                    browser.show(site + page);
                }
                assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                        .as(name + " has no sideways scrolling")
                        .isLessThanOrEqualTo(width);
                assertThat(browser.text()).as(name).doesNotContain("something went wrong");
                browser.picture(name + "-" + scheme + "-" + width);
                assertThat(browser.barriers()).as(name).isEmpty();
            }
        }
        browser.as("light", 1_280);
        assertThat(browser.complaints().stream().filter(each -> !each.contains("404")))
                .as(name)
                .isEmpty();
    }
}
