package muster.orchestrator.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import muster.orchestrator.config.Durations;
import muster.orchestrator.run.CellStatus;
import muster.orchestrator.run.Transcript;
import muster.reports.CellKey;
import muster.reports.Step;
import muster.reports.Waiver;
import muster.reports.site.Live;

/** What pages show beside what the store knows. */
final class Looks {

    private static final int TAIL = 16 << 10;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    private final Held held;

    Looks(Held held) {
        this.held = held;
    }

    Live live(Context request) {
        return live(request, List.of());
    }

    /** With the texts of a cell that grow. */
    Live live(Context request, long run, CellKey cell) throws IOException {
        Optional<CellStatus> status = CellRoutes.find(held, run, cell).filter(each -> each.outcome() == null);
        return live(request, status.isPresent() ? following(status.get()) : List.of());
    }

    private Live live(Context request, List<Live.Following> following) {
        Asker asker = Asker.of(request);
        Session session = asker.session();
        Instant now = held.clock().instant();
        Map<String, Live.Progress> progress = new HashMap<>();
        for (CellStatus status : held.board().snapshot()) {
            if (status.outcome() == null) {
                progress.put(
                        status.attempt().run() + " " + status.cell(),
                        new Live.Progress(status.remarks(), status.counts(), rest(status, now)));
            }
        }
        return new Live(
                asker.name(),
                asker.role(),
                session != null,
                session == null ? "" : session.take(),
                progress,
                following,
                LocalDate.ofInstant(now, held.zone())
                        .plusMonths(Waiver.MOST_MONTHS)
                        .toString(),
                home(held));
    }

    static Live.Home home(Held held) {
        UpkeepLine line = held.upkeep().line();
        Tidied last = line.last();
        Instant next = line.next();
        String tidied = last == null ? "" : "Tidied " + minute(last.at(), held.zone()) + ": " + last.words() + ".";
        String coming = next == null ? "" : " Next " + minute(next, held.zone()) + ".";
        return new Live.Home(line.stopped(), (tidied + coming).strip());
    }

    private static String minute(Instant at, ZoneId zone) {
        return MINUTE.format(at.atZone(zone));
    }

    static String rest(CellStatus status, Instant now) {
        Duration rest = status.remaining(now);
        if (rest == null || status.startedAt() == null) {
            return "";
        }
        return rest.isZero() ? "longer than usual" : "about " + Durations.format(rest) + " to go";
    }

    private List<Live.Following> following(CellStatus status) throws IOException {
        List<Live.Following> all = new ArrayList<>();
        if (status.step() == Step.QUEUED) {
            return all;
        }
        List<String> shards = status.shards().isEmpty()
                ? List.of("")
                : status.shards().stream().map(CellStatus.Shard::name).toList();
        for (String shard : shards) {
            for (Transcript which : List.of(Transcript.LOG, Transcript.CONSOLE)) {
                Optional<Path> file = held.growing().place(status, which, shard);
                if (file.isPresent()) {
                    Chunk tail = Chunk.tail(file.get(), TAIL);
                    all.add(new Live.Following(
                            which.word(),
                            shard,
                            tail.text(),
                            "%s/cells/%d/%s/%s/follow?from=%d&shard=%s"
                                    .formatted(
                                            HomeApi.API.substring(1),
                                            status.attempt().run(),
                                            status.cell().slug(),
                                            which.word(),
                                            tail.end(),
                                            shard)));
                }
            }
        }
        return all;
    }
}
