package muster.images;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the base image of one distribution is made. Read from {@code images/recipes/NAME.yaml}.
 *
 * @param distribution the distribution's name, e.g. {@code debian-12}: the file's name without its ending
 * @param architecture Debian's word for the machine, e.g. {@code amd64}
 * @param description one line for people
 * @param source what the image is made from
 * @param packages the packages asked for by name; what they depend on comes along
 * @param added those that a suite asks for besides, see {@link #with}; none in a recipe as it is read
 * @param kernel the package of the distribution's own kernel, for drivers that boot it, or null
 * @param diskBytes size of the disk in bytes; the file is sparse
 * @param drivers names of the drivers that can run this distribution
 * @param refresh when a moving distribution is resolved again
 * @param harmlessConsole what lines of the console look like that are no sign of trouble, whatever they seem to say
 */
public record Recipe(
        String distribution,
        String architecture,
        String description,
        Source source,
        List<String> packages,
        List<String> added,
        @Nullable String kernel,
        long diskBytes,
        List<String> drivers,
        Refresh refresh,
        List<Pattern> harmlessConsole) {

    /**
     * The same with packages that a suite asks for besides.
     *
     * @param more names of packages; their order does not matter, and those that the recipe has anyway are no addition
     */
    public Recipe with(List<String> more) {
        List<String> additions = more.stream()
                .filter(name -> !packages.contains(name))
                .distinct()
                .sorted()
                .toList();
        return new Recipe(
                distribution,
                architecture,
                description,
                source,
                packages,
                additions,
                kernel,
                diskBytes,
                drivers,
                refresh,
                harmlessConsole);
    }

    /** Digest of all that shapes an image: what else a recipe says makes no other one. */
    public String digest() {
        return Digests.ofTexts(Stream.of(
                        distribution,
                        architecture,
                        source,
                        packages,
                        added,
                        Objects.requireNonNullElse(kernel, ""),
                        diskBytes)
                .map(Object::toString)
                .toList());
    }

    /** What is built, in a few words: {@code debian-12}, or {@code debian-12 with gcc make}. */
    public String title() {
        return added.isEmpty() ? distribution : distribution + " with " + String.join(" ", added);
    }

    /** What a base image is made from; one record a kind of source. */
    public sealed interface Source permits Bootstrap, Userland {

        /** The package archives, the one that holds the release first. */
        List<Archive> archives();

        /** False for a release that is no longer updated, whose index files have expired. */
        boolean checkValidUntil();
    }

    /** A Debian-like system put together by mmdebstrap from package archives. */
    public record Bootstrap(List<Archive> archives, boolean checkValidUntil) implements Source {}

    /**
     * A small system put together by mmdebstrap from unpacked packages, without their scripts: a C library, an SSH server, and
     * programs that are many commands in one. Busybox is among its packages, for it brings the system up.
     *
     * @param commandsOf the programs whose commands it has, e.g. {@code toybox, busybox}: each command is that of the first
     *     one that has it, unless a package brings that command
     */
    public record Userland(List<Archive> archives, boolean checkValidUntil, List<String> commandsOf)
            implements Source {}

    /**
     * One package archive.
     *
     * @param uri the upstream default; the host's own mirror of it is preferred, see {@link Mirrors}
     * @param suites its suites, e.g. {@code bookworm}, {@code bookworm-updates}
     * @param components its components, e.g. {@code main}
     */
    public record Archive(String uri, List<String> suites, List<String> components) {}

    /** When package versions are resolved again: at most once a day, for each run, or never after the first build. */
    public enum Refresh {
        DAILY,
        EACH_RUN,
        PINNED
    }
}
