package muster.orchestrator.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The folder in which a farm keeps everything; private to its owner. Paths below it stay short: sockets live there. */
public record Home(Path folder) {

    /** Where it is unless {@code --home} or {@code MUSTER_HOME} says otherwise: {@code muster} in XDG's data folder. */
    public static Path usual(Map<String, String> environment) {
        String told = environment.get("MUSTER_HOME");
        if (told != null && !told.isBlank()) {
            return Path.of(told);
        }
        String data = environment.get("XDG_DATA_HOME");
        if (data != null && data.startsWith("/")) {
            return Path.of(data, "muster");
        }
        return Path.of(System.getProperty("user.home"), ".local", "share", "muster");
    }

    /** Opens a home, making it with mode 0700 where it is not there yet. */
    public static Home open(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return new Home(absolute);
    }

    /** Base and prepared images. */
    public Path images() {
        return folder.resolve("images");
    }

    /** What drivers fetched for themselves. */
    public Path runtimes() {
        return folder.resolve("runtimes");
    }

    /** Guests that were booted ahead and stopped, to be resumed. */
    public Path templates() {
        return folder.resolve("templates");
    }

    /** The farm's SSH key. */
    public Path keys() {
        return folder.resolve("keys");
    }

    /** Sources of suites, by their digest. */
    public Path sources() {
        return folder.resolve("sources");
    }

    /** The result store. */
    public Path store() {
        return folder.resolve("store");
    }

    /** The report as a static site. */
    public Path report() {
        return folder.resolve("report");
    }

    /** What belongs to a run that has not ended, or has only lately: its matrix. */
    public Path run(long number) {
        return runs().resolve(Long.toString(number));
    }

    /** A folder for each {@link #run}. */
    public Path runs() {
        return folder.resolve("runs");
    }

    /** A matrix of runs as it was, by its digest. */
    public Path matrix(String digest) {
        return matricesOfRuns().resolve(digest + ".yaml");
    }

    /** A file for each {@link #matrix}. */
    public Path matricesOfRuns() {
        return folder.resolve("matrices-of-runs");
    }

    /** The matrices that are run by themselves, as they last made sense. */
    public Path timetable() {
        return folder.resolve("timetable");
    }

    /** What channels are told, a folder each. */
    public Path notices() {
        return folder.resolve("notices");
    }

    /** What belongs to an attempt that has not ended: its record, guest, journal and log. */
    public Path attempt(long id) {
        return attempts().resolve(Long.toString(id));
    }

    /** A folder for each attempt that has not ended, or whose guest is kept. */
    public Path attempts() {
        return folder.resolve("attempts");
    }

    /** Guests that prepare images, a folder each. */
    public Path preparing() {
        return folder.resolve("preparing");
    }

    /** Guests that were booted ahead of their attempts, a folder each. */
    public Path pool() {
        return folder.resolve("pool");
    }

    /** The program's own log. */
    public Path log() {
        return folder.resolve("muster.log");
    }

    /** What was removed last because nothing needed it. */
    public Path upkeep() {
        return folder.resolve("upkeep.json");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path door() {
        return folder.resolve("api.json");
    }
}
