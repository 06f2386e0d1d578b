package muster.orchestrator.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an ordinary user has the subordinate ids with which images are built; see subuid(5). */
record SubordinateIdsCheck(Host host) implements Check {

    private static final long NEEDED = 65536;
    private static final long FIRST = 100_000;
    private static final List<Path> FILES = List.of(Path.of("/etc/subuid"), Path.of("/etc/subgid"));

    /** One range: whose, from where, how many. */
    private record Range(String user, long from, long count) {
        static Optional<Range> parse(String line) {
            String[] parts = line.strip().split(":", -1);
            return parts.length == 3 && parts[1].matches("[0-9]{1,10}") && parts[2].matches("[0-9]{1,10}")
                    ? Optional.of(new Range(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        }
    }

    @Override
    public String name() {
        return "subordinate ids";
    }

    @Override
    public Finding look() {
        if (host.root()) {
            return Finding.fine("not needed: root builds images without them");
        }
        List<Path> without = FILES.stream()
                .filter(file -> ranges(file).noneMatch(this::isEnough))
                .toList();
        if (without.isEmpty()) {
            return Finding.fine(host.user() + " has " + NEEDED + " or more in /etc/subuid and /etc/subgid");
        }
        long from = FILES.stream()
                .flatMap(this::ranges)
                .mapToLong(range -> range.from() + range.count())
                .reduce(FIRST, Math::max);
        String span = from + "-" + (from + NEEDED - 1);
        return Finding.broken(
                host.user() + " has no " + NEEDED + " subordinate ids in "
                        + String.join(
                                " and ", without.stream().map(Path::toString).toList())
                        + ", with which images are built without root",
                "as root: touch /etc/subuid /etc/subgid; usermod --add-subuids " + span + " --add-subgids " + span + " "
                        + host.user());
    }

    private boolean isEnough(Range range) {
        return range.user().equals(host.user()) && range.count() >= NEEDED;
    }

    private Stream<Range> ranges(Path file) {
        return host.text(file).orElse("").lines().map(Range::parse).flatMap(Optional::stream);
    }
}
