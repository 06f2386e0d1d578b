package muster.orchestrator.doctor;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a check found.
 *
 * @param standing how well it stands
 * @param sentence what was found, for people
 * @param mend what to do about it: a command line where one does it, else a sentence; empty where there is nothing to mend
 * @param packages Debian packages whose installation mends it, which {@link #mend} installs
 */
public record Finding(Standing standing, String sentence, String mend, SortedSet<String> packages) {

    public static Finding fine(String sentence) {
        return new Finding(Standing.FINE, sentence, "", new TreeSet<>());
    }

    static Finding degraded(String sentence, String mend) {
        return new Finding(Standing.DEGRADED, sentence, mend, new TreeSet<>());
    }

    static Finding broken(String sentence, String mend) {
        return new Finding(Standing.BROKEN, sentence, mend, new TreeSet<>());
    }

    /** Something that the installation of packages mends. */
    static Finding missing(Standing standing, String sentence, List<String> packages) {
        SortedSet<String> sorted = new TreeSet<>(packages);
        return new Finding(standing, sentence, Packages.command(sorted), sorted);
    }
}
