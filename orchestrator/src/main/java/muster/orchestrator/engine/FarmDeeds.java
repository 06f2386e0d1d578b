package muster.orchestrator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.Installation;
import muster.orchestrator.guest.FarmFailed;
import muster.orchestrator.web.Deeds;
import muster.orchestrator.web.HostLine;
import muster.reports.CellKey;
import muster.reports.view.CellView;
import org.jspecify.annotations.Nullable;

/** What a held farm does when somebody asks it over the API. */
final class FarmDeeds implements Deeds {

    private final HeldFarm farm;
    private final Installation installation;

    FarmDeeds(HeldFarm farm, Installation installation) {
        this.farm = farm;
        this.installation = installation;
    }

    @Override
    public int cancel(String selector) {
        return farm.cancel(selector);
    }

    @Override
    public int cancel(long run, @Nullable CellKey cell) {
        try {
            return farm.cancel(run, key -> cell == null || key.equals(cell));
        } catch (IOException unended) {
            throw new UncheckedIOException("cannot cancel cells of run " + run, unended);
        }
    }

    @Override
    public void rerun(long run, CellKey cell, @Nullable String onlyCase) throws IOException {
        CellView past = farm.store()
                .history()
                .cell(run, cell)
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot run " + cell + " again: run " + run + " has no such cell, or it never began"));
        if (past.line().outcome() == null) {
            throw new IllegalArgumentException("cannot run " + cell + " of run " + run + " again: it has not ended");
        }
        if (onlyCase != null
                && past.cases().stream().noneMatch(line -> line.name().equals(onlyCase))) {
            throw new IllegalArgumentException(
                    "cannot run the case '" + onlyCase + "' again: " + cell + " has none of this name in run " + run);
        }
        try {
            farm.runAgain(past, onlyCase);
        } catch (FarmFailed | ConfigError cannot) {
            throw new IllegalArgumentException(cannot.getMessage(), cannot);
        }
    }

    @Override
    public void keepFailed(Duration time) {
        farm.keepFailed(time);
    }

    @Override
    public void keep(long run, CellKey cell, Duration time) throws IOException {
        try {
            farm.keep(run, cell, time);
        } catch (FarmFailed ended) {
            throw new IllegalArgumentException(ended.getMessage(), ended);
        }
    }

    @Override
    public SortedMap<String, Path> matrices() {
        SortedMap<String, Path> byName = new TreeMap<>();
        for (Path file : installation.matrixFiles()) {
            byName.put(file.getFileName().toString().replaceAll("\\.yaml$", ""), file);
        }
        return byName;
    }

    @Override
    public HostLine host() throws IOException {
        return farm.host();
    }
}
