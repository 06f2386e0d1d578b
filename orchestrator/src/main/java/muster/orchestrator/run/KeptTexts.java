package muster.orchestrator.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import muster.reports.Ending;
import muster.reports.History;

/**
 * What an attempt said, whole or of one shard; that of several shards together is each under a line with its name.
 */
public final class KeptTexts {

    private KeptTexts() {}

    /**
     * Opens what was kept of an attempt that has ended.
     *
     * @param shard its name, or empty for all
     * @return nothing where nothing of that kind was kept; where retention has removed it, a sentence that says so
     */
    public static Optional<InputStream> open(
            History history, List<Ending.KeptFile> files, Transcript which, String shard) throws IOException {
        List<Ending.KeptFile> chosen = chosen(files, which, shard);
        List<InputStream> texts = new ArrayList<>();
        for (Ending.KeptFile file : chosen) {
            if (chosen.size() > 1) {
                texts.add(heading(file.name()));
            }
            texts.add(file.removedAt() == null ? history.open(file) : sentence(file));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(joined(texts));
    }

    /** Those of the files that are meant. */
    public static List<Ending.KeptFile> chosen(List<Ending.KeptFile> files, Transcript which, String shard) {
        return files.stream()
                .filter(file -> file.role().equals(which.word()))
                .filter(file -> shard.isEmpty() || file.name().startsWith(shard + "/"))
                .toList();
    }

    /** Opens what there is so far of an attempt that is under way. */
    public static Optional<InputStream> open(
            Path attemptFolder, List<CellStatus.Shard> shards, Transcript which, String shard) throws IOException {
        List<String> names = shards.stream()
                .map(CellStatus.Shard::name)
                .filter(name -> shard.isEmpty() || name.equals(shard))
                .toList();
        List<InputStream> texts = new ArrayList<>();
        for (String name : names) {
            Path file = which.file(attemptFolder.resolve(name));
            if (Files.exists(file)) {
                if (names.size() > 1) {
                    texts.add(heading(name + "/" + which.word()));
                }
                texts.add(Files.newInputStream(file));
            }
        }
        Path whole = which.file(attemptFolder);
        if (shards.isEmpty() && shard.isEmpty() && Files.exists(whole)) {
            texts.add(Files.newInputStream(whole));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(joined(texts));
    }

    private static InputStream sentence(Ending.KeptFile gone) {
        return new ByteArrayInputStream((gone.removal() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream heading(String name) {
        return new ByteArrayInputStream(("==> " + name + " <==\n").getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream joined(List<InputStream> texts) {
        return new SequenceInputStream(Collections.enumeration(texts));
    }
}
