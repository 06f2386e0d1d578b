package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import muster.testsuites.GuestShell.Answer;
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

    @Test
    void guestsReachNothingOfTheHost() throws Exception {
        List<String> addresses = new ArrayList<>(WAYS_OUT);
        addresses.addAll(furtherWaysOut());
        addresses.addAll(ofTheHost());
        try (HostListener listener = HostListener.open()) {
            assertThat(listener.hearsFromTheHostItself()).isTrue();
            Answer tried = shared().run(attempts(addresses, listener.port()), LIMIT);
            assertThat(tried.output()).as(tried::error).endsWith("tried\n").doesNotContain("reached");
            // What was sent over UDP may be on its way still.
            TimeUnit.SECONDS.sleep(1);
            assertThat(listener.heard()).isEmpty();
        }
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
