package muster.orchestrator.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a console tells of a guest that is no more. */
final class PostMortem {

    private static final int TAIL_BYTES = 64 * 1024;

    /** The kernel's own words, kernel/panic.c: "Kernel panic - not syncing: ...". */
    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing.*");

    private PostMortem() {}

    /** The end of a guest whose kernel gave up; empty where the console does not say so. */
    static Optional<CellEnd> of(Path console) throws IOException {
        return lines(console).stream()
                .map(PANIC::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .map(CellEnd.Panicked::new);
    }

    /** The console's last lines, at most {@code count}. */
    static String tail(Path console, int count) throws IOException {
        List<String> lines = lines(console);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    private static List<String> lines(Path console) throws IOException {
        if (!Files.exists(console)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(console.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
