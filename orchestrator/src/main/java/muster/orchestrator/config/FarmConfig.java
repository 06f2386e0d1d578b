package muster.orchestrator.config;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.SequencedMap;
import muster.reports.Retention;
import org.jspecify.annotations.Nullable;

/**
 * What a host gives to guests, and what holds where a matrix says nothing: {@code config/farm.yaml}, and over it the
 * home's own {@code farm.yaml}.
 *
 * @param share what all guests may use together
 * @param guest what guests are like
 * @param limits how long things may take
 * @param ceilings how much is kept of what an attempt leaves behind, and how much its clone takes meanwhile
 * @param keep how long what attempts leave behind stays
 * @param mirrors upstream address to mirror
 * @param uml options of the driver {@code uml}
 * @param qemu options of the driver {@code qemu}
 * @param store the database that keeps results
 * @param notifies whom the service tells what happens
 * @param web where the service shows its pages
 * @param zone the time zone of pages and messages
 * @param pool guests that boot ahead of their attempts
 * @param upkeep how the farm keeps its home tidy
 */
public record FarmConfig(
        Share share,
        Guest guest,
        Limits limits,
        Ceilings ceilings,
        Retention.Rules keep,
        SequencedMap<String, String> mirrors,
        Uml uml,
        Qemu qemu,
        Store store,
        Notify notifies,
        Web web,
        ZoneId zone,
        Pool pool,
        Upkeep upkeep) {

    /**
     * How the farm keeps its home tidy.
     *
     * @param least the room that the home's disk is to have
     * @param at when what has no reason to stay is removed every day, in the farm's zone, or null for never
     */
    public record Upkeep(Room least, @Nullable LocalTime at) {}

    /**
     * Room on a disk.
     *
     * @param bytes where it is a size, else 0
     * @param percent where it is a part of the disk, else 0
     */
    public record Room(long bytes, int percent) {

        /** Reads {@code 4G} or {@code 5%}. */
        public static Room of(String text) {
            return text.endsWith("%")
                    ? new Room(0, Integer.parseInt(text.substring(0, text.length() - 1)))
                    : new Room(Sizes.parse(text), 0);
        }

        /** The same on a disk of that size. */
        public long bytesOf(long diskBytes) {
            return percent == 0 ? bytes : diskBytes / 100 * percent;
        }
    }

    /**
     * Guests that boot ahead of their attempts.
     *
     * @param guests how many at most; 0: none
     * @param memoryBytes what they may take together
     * @param age how old one may become
     */
    public record Pool(int guests, long memoryBytes, Duration age) {}

    /**
     * What all guests may use together; null for what the host says.
     *
     * @param memoryBytes their memory
     * @param cpus processors that suites keep busy
     * @param templateBytes what templates may hold beside that
     */
    public record Share(
            @Nullable Long memoryBytes,
            @Nullable Double cpus,
            @Nullable Long templateBytes) {}

    /** What guests are like: bytes, processors, and drivers, the preferred one first. */
    public record Guest(long memoryBytes, int cpus, List<String> drivers) {}

    /** How long things may take, and how often what the farm itself failed is tried again. */
    public record Limits(Duration boot, Duration suite, Duration silence, int retries) {}

    /** All in bytes. */
    public record Ceilings(long journal, long log, long console, long artefacts, long disk) {}

    /**
     * Options of the driver {@code uml}.
     *
     * @param seccomp whether guests run the faster way
     * @param raid6 whether btrfs has its RAID 5 and 6 in guests
     * @param suite the release of Debian whose kernel is fetched
     * @param archive where it is fetched from, an upstream address
     */
    public record Uml(boolean seccomp, boolean raid6, String suite, String archive) {}

    /**
     * The database that keeps results.
     *
     * @param url of a PostgreSQL, or null for a file in the home
     * @param user who speaks to it, or null for whom the operating system says
     * @param passwordFile whose first line is the password, or null
     */
    public record Store(
            @Nullable String url,
            @Nullable String user,
            @Nullable String passwordFile) {}

    /**
     * Where the service shows its pages and answers its API.
     *
     * @param host an address of this host, or null for nowhere
     * @param port 0 for any that is free
     * @param names by which this host is known beside its addresses
     */
    public record Web(@Nullable String host, int port, List<String> names) {

        /** Reads {@code ADDRESS:PORT}, or {@code off}. */
        public static Web of(String listen, List<String> names) {
            int colon = listen.lastIndexOf(':');
            return listen.equals("off")
                    ? new Web(null, 0, names)
                    : new Web(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)), names);
        }
    }

    /**
     * Options of the driver {@code qemu}.
     *
     * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
     * @param machine the kind of machine, in QEMU's words
     * @param cpu the model of its processors, in QEMU's words
     * @param translation the most bytes that translated code of one guest may take
     * @param suite the release of Debian whose kernel is booted to find out what works
     * @param archive where it is fetched from, an upstream address
     */
    public record Qemu(
            String accelerator, String machine, String cpu, long translation, String suite, String archive) {}

    /**
     * Whom the service tells what happens.
     *
     * @param pages where the report is read, for links, without a slash at its end; null where it is read as files
     * @param channels by name
     */
    public record Notify(@Nullable String pages, SequencedMap<String, Channel> channels) {}

    /** What guests may use together: bytes, and processors that suites keep busy. */
    public record Budget(long memoryBytes, double cpus) {}

    /** What guests may use together on a host; {@code auto} is three quarters of its memory, and its processors and half. */
    public Budget budget(HostCapacity host) {
        Long memory = share.memoryBytes();
        Double cpus = share.cpus();
        return new Budget(
                memory == null ? host.availableBytes() / 4 * 3 : memory, cpus == null ? host.cpus() * 1.5 : cpus);
    }

    /** What templates may hold on a host, in bytes; {@code auto} is an eighth of its memory. */
    public long templateBytes(HostCapacity host) {
        Long memory = share.templateBytes();
        return memory == null ? host.availableBytes() / 8 : memory;
    }
}
