package muster.orchestrator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long work on this host has waited for processors, memory and disks, in microseconds since the host was booted: {@code
 * some ... total=N} of the files in {@code /proc/pressure}. What it did while an attempt ran is the difference of two.
 *
 * @param waited by the files' names; without those that this kernel does not have
 * @param atMillis when, since the epoch
 */
record Pressure(SortedMap<String, Long> waited, long atMillis) {

    private static final List<String> KINDS = List.of("cpu", "io", "memory");
    private static final String FILE = "pressure";

    static Pressure read(Path folder, long atMillis) throws IOException {
        SortedMap<String, Long> waited = new TreeMap<>();
        for (String kind : KINDS) {
            Path file = folder.resolve(kind);
            if (Files.isReadable(file)) {
                total(Files.readString(file)).ifPresent(total -> waited.put(kind, total));
            }
        }
        return new Pressure(waited, atMillis);
    }

    private static Optional<Long> total(String text) {
        return text.lines()
                .filter(line -> line.startsWith("some ") && line.contains(" total="))
                .map(line -> Long.valueOf(line.substring(line.indexOf(" total=") + " total=".length())))
                .findFirst();
    }

    /** Facts of the time from this to a later one: {@code host.pressure.cpu} and so on, in per cent of it. */
    Map<String, String> until(Pressure later) {
        Map<String, String> facts = new TreeMap<>();
        long micros = (later.atMillis - atMillis) * 1_000;
        if (micros > 0) {
            waited.forEach((kind, before) -> {
                Long now = later.waited.get(kind);
                if (now != null && now >= before) {
                    facts.put("host.pressure." + kind, (now - before) * 100 / micros + " %");
                }
            });
        }
        return facts;
    }

    /** Keeps it in an attempt's folder. */
    void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(Long.toString(atMillis)));
        waited.forEach((kind, total) -> lines.add(kind + " " + total));
        Files.write(folder.resolve(FILE), lines);
    }

    /** What {@link #write} kept, empty where the attempt never had a guest. */
    static Optional<Pressure> kept(Path folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(FILE));
            SortedMap<String, Long> waited = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ", 2);
                waited.put(words[0], Long.valueOf(words[1]));
            }
            return Optional.of(new Pressure(waited, Long.parseLong(lines.getFirst())));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }
}
