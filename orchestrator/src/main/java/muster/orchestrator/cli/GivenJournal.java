package muster.orchestrator.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import muster.testsuites.ResultFormat;
import muster.testsuites.format.ResultFormats;
import muster.testsuites.format.Unpacked;
import org.jspecify.annotations.Nullable;

/** A journal that a person names: opened, unpacked, its format guessed where it is not said. */
final class GivenJournal {

    /** This much of it is looked at to guess its format. */
    private static final int BEGINNING = 1 << 16;

    private GivenJournal() {}

    /**
     * Reads it as far as it goes.
     *
     * @param file its path; {@code -} is standard input
     * @throws Refusal when nothing of it can be read
     */
    static JournalSummary read(String file, @Nullable ResultFormat said) throws Refusal {
        String shown = "'" + Words.harmless(file) + "'";
        try (InputStream raw = open(file, shown);
                UpToFailure unpacked = new UpToFailure(unpacked(raw, shown));
                BufferedInputStream journal = new BufferedInputStream(unpacked, BEGINNING)) {
            ResultFormat format = said == null ? guessed(journal, shown, unpacked) : said;
            JournalSummary summary = new JournalSummary(file, format.name(), said == null);
            format.read(journal, summary);
            unpacked.failure().ifPresent(why -> summary.truncated("the file cannot be read on: " + why));
            return summary;
        } catch (IOException broken) {
            throw Refusal.usage("cannot read " + shown + ": " + broken.getMessage());
        }
    }

    private static InputStream open(String file, String shown) throws IOException, Refusal {
        if (file.equals("-")) {
            return System.in;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw Refusal.usage("cannot read " + shown + ": it is a folder; name a file in it");
            }
            return Files.newInputStream(path);
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw Refusal.usage("cannot read " + shown + ": there is no such file");
        } catch (AccessDeniedException denied) {
            throw Refusal.usage("cannot read " + shown + ": you may not read it");
        }
    }

    private static InputStream unpacked(InputStream raw, String shown) throws Refusal {
        try {
            return Unpacked.of(raw);
        } catch (IOException damaged) {
            throw Refusal.usage("cannot unpack " + shown + ": " + damaged.getMessage());
        }
    }

    private static ResultFormat guessed(BufferedInputStream journal, String shown, UpToFailure unpacked)
            throws IOException, Refusal {
        journal.mark(BEGINNING);
        byte[] beginning = journal.readNBytes(BEGINNING);
        journal.reset();
        if (beginning.length == 0) {
            String why = unpacked.failure().orElse("it is empty");
            throw new Refusal(ExitCode.NOTHING_RAN, "cannot tell the format of " + shown + ": " + why);
        }
        List<ResultFormat> like = ResultFormats.like(new String(beginning, StandardCharsets.UTF_8));
        if (like.size() == 1) {
            return like.getFirst();
        }
        String names = like.stream().map(ResultFormat::name).collect(Collectors.joining(" and like "));
        throw Refusal.usage("cannot tell the format of " + shown + ": it looks like "
                + (like.isEmpty() ? "none that is known" : names) + "; name it with --format, one of "
                + (like.isEmpty() ? String.join(", ", ResultFormats.names()) : names.replace(" and like ", ", ")));
    }
}
