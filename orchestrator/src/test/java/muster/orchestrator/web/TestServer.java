package muster.orchestrator.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.orchestrator.home.Home;
import muster.orchestrator.run.Board;
import muster.reports.ResultStore;
import muster.reports.Role;
import muster.reports.store.JdbiResultStore;

/** A server on loopback over a store of its own, of a farm at which nothing is done. */
final class TestServer implements AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final Board board = new Board(clock);
    private final Path folder;
    private final FakeDeeds deeds = new FakeDeeds();
    private final FakeUpkeep upkeep = new FakeUpkeep();
    private final List<String> queued = new ArrayList<>();
    private final ResultStore store;
    private final HomeApi api;
    private final int port;
    private int tokens;

    TestServer(Path folder, List<String> names) throws IOException {
        this.folder = folder;
        this.store = JdbiResultStore.open(folder.resolve("store"), clock);
        this.api = new HomeApi(
                new Held(
                        new Home(folder),
                        board,
                        store,
                        (attempt, which, shard) -> InputStream.nullInputStream(),
                        (attempt, which, shard) -> Optional.of(file(which.word())),
                        new HomeApi.Queue() {
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
                                return board.snapshot().stream()
                                        .map(StatusLine::of)
                                        .toList();
                            }

                            @Override
                            public QueueAnswer add(QueueRequest asked) {
                                queued.add(asked.file());
                                return new QueueAnswer(1, true);
                            }

                            @Override
                            public List<ScheduleLine> schedule() {
                                return List.of(new ScheduleLine(
                                        "nightly",
                                        "/farm/nightly.yaml",
                                        "0 30 1 * * ?",
                                        "UTC",
                                        List.of(Instant.EPOCH),
                                        false,
                                        null,
                                        List.of()));
                            }

                            @Override
                            public void change(ScheduleChange asked) {
                                deeds.done.add(asked.action() + " " + asked.matrix());
                            }
                        },
                        deeds,
                        upkeep,
                        clock,
                        ZoneOffset.UTC),
                names);
        this.port = api.listen("127.0.0.1", 0);
    }

    /** Where a text of the one attempt that is under way grows. */
    Path file(String word) {
        return folder.resolve(word);
    }

    /** A new token of a role, named by it and a number. */
    String token(Role role) {
        return NewToken.make(store.tokens(), role.word() + "-" + ++tokens, role, clock.instant(), null)
                .secret();
    }

    HomeApi api() {
        return api;
    }

    int port() {
        return port;
    }

    ResultStore store() {
        return store;
    }

    Board board() {
        return board;
    }

    FakeUpkeep upkeep() {
        return upkeep;
    }

    FakeDeeds deeds() {
        return deeds;
    }

    List<String> queued() {
        return queued;
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        api.close();
        store.close();
    }
}
