package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import muster.images.Mirrors;
import muster.orchestrator.ssh.SshShell;
import muster.testsuites.GuestShell.Answer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every driver whose guests are not of this host does beside {@link GuestDriverContract}: they reach nothing of it. A guest's
 * root tries every way to a listener of the host that hears on all its addresses, and is heard by none.
 */
public abstract class IsolationContract extends GuestDriverContract {

    /** Addresses by which a user-mode network leads to the host that runs it, where it is not told otherwise. */
    private static final List<String> WAYS_OUT = List.of("10.0.2.2", "10.0.2.3", "10.0.2.4", "fec0::2", "fec0::3");

    /** Addresses by which a guest reaches its host, if this driver gives it any beside {@link #WAYS_OUT}. */
    protected List<String> furtherWaysOut() {
        return List.of();
    }

    /** A driver whose guests reach mirrors where they are let; empty where that is not to be proven now, or it has none. */
    protected Optional<GuestDriver> driverWithMirrors(Mirrors mirrors) {
        return Optional.empty();
    }

    @Test
    void guestsReachNothingOfTheHost() throws Exception {
        try (HostListener listener = HostListener.open()) {
            assertThat(listener.hearsFromTheHostItself()).isTrue();
            tryAll(shared(), listener);
        }
    }

    /** Told by apt, which believes what the guest was given, and against the very host on which the mirror is. */
    @Test
    void guestsThatReachMirrorsReachNothingElse() throws Exception {
        HttpServer mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/mirror/", exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("hello\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        mirror.start();
        String address = "http://127.0.0.1:" + mirror.getAddress().getPort();
        Optional<GuestDriver> letting =
                driverWithMirrors(Mirrors.of(Map.of("http://deb.debian.org/debian", address + "/mirror")));
        Assumptions.assumeTrue(letting.isPresent(), "not on this driver, or only with ./muster verify --full");
        GuestSpec spec = spec(seed()).withMirrors();
        try (HostListener listener = HostListener.open();
                Guest guest = letting.orElseThrow().start(spec);
                SshShell shell = connect(guest, spec.seed())) {
            assertThat(shell.run(fetching("http://deb.debian.org/debian/a"), LIMIT)
                            .output())
                    .endsWith("hello\n");
            for (String other : List.of(
                    address + "/secret",
                    "http://127.0.0.1:" + listener.port() + "/",
                    "http://10.0.2.2:" + listener.port() + "/",
                    "http://deb.debian.org/debian/../secret")) {
                assertThat(shell.run(fetching(other), LIMIT).output()).as(other).doesNotContain("hello");
            }
            tryAll(shell, listener);
        } finally {
            mirror.stop(0);
        }
    }

    /** By its proxy; by itself it reaches as little as any. */
    @Test
    void guestsThatReachTheInternetReachNothingOfTheHost() throws Exception {
        Optional<GuestDriver> letting = driverWithMirrors(Mirrors.of(Map.of()));
        Assumptions.assumeTrue(letting.isPresent(), "not on this driver, or only with ./muster verify --full");
        Optional<FarAway> far = FarAway.open();
        Assumptions.assumeTrue(far.isPresent(), "only root makes a host that is not this one");
        GuestSpec spec = spec(seed()).withInternet();
        try (FarAway _ = far.orElseThrow();
                HostListener listener = HostListener.open();
                Guest guest = letting.orElseThrow().start(spec);
                SshShell shell = connect(guest, spec.seed())) {
            String address = FarAway.ADDRESS + ":" + FarAway.PORT;
            assertThat(asking(shell, "GET http://" + address + "/ HTTP/1.1")).contains(FarAway.ANSWER);
            assertThat(asking(shell, "CONNECT " + address + " HTTP/1.1")).contains("200 Connection", FarAway.ANSWER);
            List<String> own = new ArrayList<>(ofTheHost());
            assertThat(own).contains(FarAway.OURS);
            own.addAll(List.of("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "10.0.2.2"));
            for (String host : own) {
                String there =
                        (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + listener.port();
                assertThat(asking(shell, "CONNECT " + there + " HTTP/1.1"))
                        .as(there)
                        .startsWith("HTTP/1.1 403");
                assertThat(asking(shell, "GET http://" + there + "/ HTTP/1.1"))
                        .as(there)
                        .startsWith("HTTP/1.1 403");
            }
            tryAll(shell, listener);
        }
    }

    private static String asking(SshShell shell, String request) throws Exception {
        return shell.run(
                        "timeout 30 bash -c 'exec 3<>/dev/tcp/10.0.2.2/3128; printf \"" + request
                                + "\\r\\n\\r\\n\" >&3; cat <&3'",
                        LIMIT)
                .output();
    }

    private static String fetching(String address) {
        return "rm -f /tmp/fetched; /usr/lib/apt/apt-helper download-file '%s' /tmp/fetched >&2; cat /tmp/fetched"
                .formatted(address);
    }

    private void tryAll(SshShell shell, HostListener listener) throws Exception {
        List<String> addresses = new ArrayList<>(WAYS_OUT);
        addresses.addAll(furtherWaysOut());
        addresses.addAll(ofTheHost());
        Answer tried = shell.run(attempts(addresses, listener.port()), LIMIT);
        assertThat(tried.output()).as(tried::error).endsWith("tried\n").doesNotContain("reached");
        // What was sent over UDP may be on its way still.
        TimeUnit.SECONDS.sleep(1);
        assertThat(listener.heard()).isEmpty();
    }

    /** All of it at once: whatever is not answered takes its whole time. */
    private static String attempts(List<String> addresses, int port) {
        StringBuilder script = new StringBuilder("""
                card=$(ls /sys/class/net | grep -v '^lo$' | head -n 1)
                ip -6 address add fec0::15/64 dev "$card" 2>/dev/null
                ip -6 route add default via fec0::2 2>/dev/null
                """);
        for (String address : addresses) {
            for (String kind : List.of("tcp", "udp")) {
                script.append("timeout 5 bash -c 'exec 3<>/dev/%s/%s/%d && echo from the guest by %s >&3 %s' &%n"
                        .formatted(
                                kind, address, port, address, kind.equals("tcp") ? "&& echo reached " + address : ""));
            }
        }
        return script + "wait; ip -6 address del fec0::15/64 dev \"$card\" 2>/dev/null; echo tried";
    }

    private static List<String> ofTheHost() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(card -> card.getInterfaceAddresses().stream())
                .map(InterfaceAddress::getAddress)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .map(address -> address.replaceFirst("%.*", ""))
                .toList();
    }
}
