package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is neither this host nor of its own networks: all that is left of the internet when loopback, link-local, private, shared,
 * multicast and reserved addresses are taken away, those that carry such a one inside, and those that this host has at the moment.
 */
class Outside {

    private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    /** Address ranges as their first bytes and how many bits count; see the special-purpose registries of IANA. */
    private record Range(int bits, List<Integer> first) {
        static Range of(int bits, Integer... first) {
            return new Range(bits, List.of(first));
        }

        boolean has(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first.get(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> INSIDE_4 = List.of(
            Range.of(8, 0),
            Range.of(8, 10),
            Range.of(10, 100, 64),
            Range.of(8, 127),
            Range.of(16, 169, 254),
            Range.of(12, 172, 16),
            Range.of(24, 192, 0, 0),
            Range.of(24, 192, 88, 99),
            Range.of(16, 192, 168),
            Range.of(15, 198, 18),
            Range.of(3, 224));

    /** Of version 6 only what is given out as global, but for what leads to addresses of version 4. */
    private static final Range GLOBAL_6 = Range.of(3, 0x20);

    private static final List<Range> CARRIES_4 = List.of(Range.of(16, 0x20, 0x02), Range.of(32, 0x20, 0x01, 0, 0));

    /** Whether an address is outside, whatever addresses this host has. */
    static boolean isGlobal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? INSIDE_4.stream().noneMatch(range -> range.has(bytes))
                : GLOBAL_6.has(bytes) && CARRIES_4.stream().noneMatch(range -> range.has(bytes));
    }

    /**
     * Connects to the first address of a name, which is looked up once: what was looked at is what is connected to.
     *
     * @throws IOException with a reason for people when it is not outside, or does not answer
     */
    Socket connect(String name, int port) throws IOException {
        InetAddress address = InetAddress.getByName(name);
        if (!isGlobal(address) || own().contains(address)) {
            throw new IOException(address.getHostAddress() + " is of this host or its networks");
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), LIMIT_MILLIS);
            // An address that this host was given in between shows by being both ends'.
            if (socket.getLocalAddress().equals(address)) {
                throw new IOException(address.getHostAddress() + " is of this host");
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The addresses that this host has now. */
    private static Set<InetAddress> own() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());
    }
}
