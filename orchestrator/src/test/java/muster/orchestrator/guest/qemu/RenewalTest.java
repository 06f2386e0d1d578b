package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import muster.orchestrator.guest.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 5_000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aGuestIsToldTheTimeAndWhatItsTemplateWasStillAskedIsPassedOver() throws Exception {
        guest("renews\nrenewed\n");
        renew();
        assertThat(asked).containsExactly("renew 1700000000.000005000");
    }

    @Test
    void aGuestThatCannotSaysWhy() {
        guest("cannot renew: no seed disk: No such device\n");
        assertThatThrownBy(this::renew)
                .isInstanceOf(IOException.class)
                .hasMessage("it could not take its own identity: cannot renew: no seed disk: No such device");
    }

    @Test
    void aGuestThatDoesNotListenYetIsAskedAgain() throws Exception {
        guest("", "renews\n");
        assertThat(Renewal.isKnown(folder.resolve("s"))).isTrue();
        assertThat(asked).containsExactly("renews?", "renews?");
    }

    @Test
    void aTerminalThatEchoesIsNobodysAnswer() throws Exception {
        guest("renews?\n", "renews\n");
        assertThat(Renewal.isKnown(folder.resolve("s"))).isTrue();
    }

    private void renew() throws IOException {
        Renewal.renew(folder.resolve("s"), CLOCK, Deadline.in(Duration.ofSeconds(10)));
    }

    /** What it answers in each conversation. */
    private void guest(String... answers) {
        Thread.ofVirtual().start(() -> {
            for (String answer : answers) {
                try (SocketChannel host = server.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(Channels.newInputStream(host), StandardCharsets.US_ASCII))) {
                    asked.add(in.readLine());
                    host.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                    in.readLine();
                } catch (IOException gone) {
                    return;
                }
            }
        });
    }
}
