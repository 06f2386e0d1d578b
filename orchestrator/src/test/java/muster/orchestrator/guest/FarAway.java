package muster.orchestrator.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that is not of this host, to all who look at its address: in a network space of its own, at an address that nobody in the
 * world has, with a cable to this host, which has the other.
 */
final class FarAway implements AutoCloseable {

    /** Both of RFC 5737. */
    static final String ADDRESS = "203.0.113.1";

    static final String OURS = "203.0.113.2";
    static final int PORT = 8080;
    static final String ANSWER = "far away";

    private final String space;
    private final Process server;

    private FarAway(String space, Process server) {
        this.space = space;
        this.server = server;
    }

    /** Empty where that cannot be made, as by an ordinary user. */
    static Optional<FarAway> open() throws IOException, InterruptedException {
        String space = "muster" + ProcessHandle.current().pid();
        if (!ip("netns", "add", space)) {
            return Optional.empty();
        }
        String ours = "mu" + ProcessHandle.current().pid();
        boolean cabled = ip("link", "add", ours, "type", "veth", "peer", "name", "far", "netns", space)
                && ip("address", "add", OURS + "/30", "dev", ours)
                && ip("link", "set", ours, "up")
                && ip("-n", space, "address", "add", ADDRESS + "/30", "dev", "far")
                && ip("-n", space, "link", "set", "far", "up");
        if (!cabled) {
            ip("netns", "delete", space);
            return Optional.empty();
        }
        String answer = "SYSTEM:echo " + ANSWER;
        Process server = new ProcessBuilder(
                        "ip", "netns", "exec", space, "socat", "TCP-LISTEN:" + PORT + ",fork,reuseaddr", answer)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return Optional.of(new FarAway(space, server));
    }

    private static boolean ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Override
    public void close() throws IOException {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        try {
            server.waitFor(10, TimeUnit.SECONDS);
            ip("netns", "delete", space);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
