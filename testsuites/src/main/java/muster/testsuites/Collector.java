package muster.testsuites;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Fetches an ended attempt's artefacts and subjects. All of it comes from the guest, so it is taken file by file, by
 * names that are plain and stay in their folder, under ceilings; links and devices are never asked for.
 */
final class Collector {
    private static final Pattern PLAIN_PART = Pattern.compile("(?!\\.{1,2}$)[^\\p{Cntrl}\\\\/\ufffd]{1,200}");
    private static final String SUBJECTS = "subjects";
    private static final int MOST_PARTS = 10;
    private static final int MOST_SUBJECTS = 5000;
    private static final int MOST_SUBJECT_BYTES = 1 << 20;

    private final GuestAttempt attempt;
    private final Patience patience;
    private final RunnerSettings.Ceilings ceilings;
    private final List<String> notes = new ArrayList<>();
    private final List<Path> artefacts = new ArrayList<>();

    Collector(GuestAttempt attempt, Patience patience, RunnerSettings.Ceilings ceilings) {
        this.attempt = attempt;
        this.patience = patience;
        this.ceilings = ceilings;
    }

    /** @param nothing whether the guest has said already that there is nothing */
    Collected collect(Path folder, boolean nothing) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (nothing) {
            return new Collected(List.of(), List.of(), List.of());
        }
        List<String> left =
                attempt.artefacts(ceilings.artefacts() + 1).output().lines().toList();
        List<String> names = left.stream()
                .filter(line -> !line.equals(GuestAttempt.NO_SUBJECTS))
                .sorted()
                .toList();
        if (names.size() > ceilings.artefacts()) {
            notes.add("artefacts: only " + ceilings.artefacts() + " files are taken from a guest, it has more");
        }
        long bytes = ceilings.artefactBytes();
        for (String name : names.stream().limit(ceilings.artefacts()).toList()) {
            if (bytes <= 0) {
                notes.add("artefacts: the rest was left out: " + ceilings.artefactBytes() + " bytes of them are taken");
                break;
            }
            String plain = name.startsWith("./") ? name.substring(2) : name;
            if (isPlain(plain)) {
                bytes -= fetch(plain, folder, bytes);
            } else {
                notes.add("artefacts: a name that is not plain was left out: " + Words.printable(Words.tail(name)));
            }
        }
        List<Subject> subjects = left.contains(GuestAttempt.NO_SUBJECTS) ? List.of() : subjects();
        return new Collected(List.copyOf(artefacts), subjects, List.copyOf(notes));
    }

    static boolean isPlain(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length > MOST_PARTS) {
            return false;
        }
        for (String part : parts) {
            if (!PLAIN_PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes of it were taken. */
    private long fetch(String name, Path folder, long left) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file);
        } catch (FileSystemException e) {
            notes.add("artefacts: " + name + " was left out: " + e.getMessage());
            return 0;
        }
        artefacts.add(folder.relativize(file));
        copy("artefacts/" + name, file, left);
        return Files.size(file);
    }

    /** Appends what is not here yet of a guest's file to {@code file}; what goes wrong there is noted. */
    private void copy(String name, Path file, long ceiling) throws IOException, InterruptedException {
        boolean whole = false;
        while (!whole) {
            try (OutputStream sink = new BoundedAppender(file, ceiling, () -> {})) {
                int status = attempt.rest(name, Files.size(file), sink);
                if (status != 0) {
                    notes.add(name + " could not be read in the guest");
                }
                whole = true;
            } catch (CeilingReached reached) {
                notes.add(name + " is cut after " + Files.size(file) + " bytes: no more is taken from a guest");
                whole = true;
            } catch (GuestShell.ConnectionCut cut) {
                patience.pause();
                attempt.state();
            }
        }
    }

    private List<Subject> subjects() throws IOException, InterruptedException {
        Path file = Files.createTempFile("muster-subjects", ".tsv");
        try {
            copy(SUBJECTS, file, MOST_SUBJECT_BYTES);
            return subjects(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } finally {
            Files.delete(file);
        }
    }

    private List<Subject> subjects(String text) {
        List<Subject> subjects = new ArrayList<>();
        for (String line : text.lines().limit(MOST_SUBJECTS).toList()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 3 && !parts[0].isBlank()) {
                subjects.add(
                        new Subject(Words.printable(parts[0]), Words.printable(parts[1]), Words.printable(parts[2])));
            } else {
                notes.add("subjects: expected name, path and version with tabs between, saw: "
                        + Words.printable(Words.tail(line)));
            }
        }
        return subjects;
    }
}
