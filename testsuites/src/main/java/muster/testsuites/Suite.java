package muster.testsuites;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of tests with one way to prepare, run and read it. Read from {@code testsuites/suites/NAME/suite.yaml}, or
 * from {@code testsuites/suites/FOLDER/suite-WORD.yaml}, which is the suite FOLDER-WORD; the scripts lie beside it.
 *
 * @param name the folder's name, or that and a word
 * @param description one line for people
 * @param folder where its files lie
 * @param format name of the {@link ResultFormat} of its journal
 * @param user the guest's user that runs it: {@code tester} unless the suite says {@code root}
 * @param cpu how many cores it keeps busy, for admission; 1 unless it says less, for suites that mostly sleep
 * @param memoryBytes the guest memory it needs, in bytes, or null where the matrix's is enough
 * @param packages Debian packages that it needs; guests have no network, so they are part of the image that its guests boot
 * @param sources files that are fetched by the host with their checksum and given to {@code prepare}
 * @param commands its scripts
 * @param environment set for {@code run} and {@code prepare}, over the stated environment
 * @param variants name to variant, in the file's order; a suite that names none has one, {@code default}
 * @param typical how long it usually takes, for planning before there is any history, or null
 * @param digest SHA-256 over the names and contents of all files in its folder, in hex
 * @param version of the tests themselves, as whoever makes them calls it; empty where the suite tells none
 * @param shardable whether its {@code run} honours {@code $MUSTER_CASES}: the name of a file with the names of the cases to
 *     run, a line each, all of them where it is not set
 */
public record Suite(
        String name,
        String description,
        Path folder,
        String format,
        String user,
        double cpu,
        @Nullable Long memoryBytes,
        List<String> packages,
        List<Source> sources,
        Commands commands,
        SequencedMap<String, String> environment,
        SequencedMap<String, Variant> variants,
        @Nullable Duration typical,
        String digest,
        String version,
        boolean shardable) {

    /** One that tells no version and is always run whole. */
    public Suite(
            String name,
            String description,
            Path folder,
            String format,
            String user,
            double cpu,
            @Nullable Long memoryBytes,
            List<String> packages,
            List<Source> sources,
            Commands commands,
            SequencedMap<String, String> environment,
            SequencedMap<String, Variant> variants,
            @Nullable Duration typical,
            String digest) {
        this(
                name,
                description,
                folder,
                format,
                user,
                cpu,
                memoryBytes,
                packages,
                sources,
                commands,
                environment,
                variants,
                typical,
                digest,
                "",
                false);
    }

    /** A file fetched for {@code prepare}: {@code uri} is the upstream default, {@code sha256} is in hex. */
    public record Source(String uri, String sha256) {
        /**
         * The last part of the address: the file's name in {@code $MUSTER_SOURCES}, where one that ends in {@code .xz}
         * lies decompressed and without that ending.
         */
        public String fileName() {
            return uri.substring(uri.lastIndexOf('/') + 1);
        }
    }

    /**
     * The suite's scripts, POSIX sh, by file name in its folder.
     *
     * @param prepare run as root once per base image and variant, or null
     * @param run runs the tests
     * @param list prints the manifest, a case a line, or null
     * @param runCase runs the one case that is its argument, or null
     */
    public record Commands(
            @Nullable String prepare,
            String run,
            @Nullable String list,
            @Nullable String runCase) {}

    /**
     * A named setting: what it adds to the suite's environment, packages and sources. A suite is prepared for each of its
     * variants anew.
     */
    public record Variant(
            String name, SequencedMap<String, String> environment, List<String> packages, List<Source> sources) {}

    /** The packages of the suite and of one of its variants, each once. */
    public List<String> packages(Variant variant) {
        return Stream.concat(packages.stream(), variant.packages().stream())
                .distinct()
                .toList();
    }

    /** The sources of the suite, then those of one of its variants. */
    public List<Source> sources(Variant variant) {
        return Stream.concat(sources.stream(), variant.sources().stream()).toList();
    }

    /** The environment of the suite's scripts for one of its variants, but for what {@link SuiteRunner} states. */
    public SequencedMap<String, String> environment(Variant variant) {
        SequencedMap<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variant.environment());
        return all;
    }
}
