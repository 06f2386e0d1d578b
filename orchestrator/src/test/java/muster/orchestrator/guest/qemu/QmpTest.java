package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import muster.orchestrator.guest.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QmpTest {

    private static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}}, \"capabilities\": []}}\r\n";
    private static final String DONE = "{\"return\": {}}\r\n";

    @TempDir
    Path folder;

    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void eventsBetweenAreNoAnswers() throws Exception {
        says(GREETING + DONE + "{\"event\": \"RESUME\", \"timestamp\": {}}\r\n{\"return\": {\"enabled\": false}}\r\n");
        try (Qmp qmp = connect(Duration.ofSeconds(10))) {
            assertThat(qmp.ask("query-kvm").path("enabled").asBoolean(true)).isFalse();
        }
    }

    @Test
    void aRefusalIsTold() throws Exception {
        says(GREETING + DONE + "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such\"}}\r\n");
        try (Qmp qmp = connect(Duration.ofSeconds(10))) {
            assertThatThrownBy(() -> qmp.ask("query-kvm"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refuses query-kvm")
                    .hasMessageContaining("no such");
        }
    }

    @Test
    void whoDoesNotGreetIsNotQemu() {
        says("{\"hello\": 1}\n");
        assertRefused("does not speak", "cannot speak QMP");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        says("SSH-2.0-OpenSSH_9.2\r\n");
        assertRefused("no JSON", "cannot understand QEMU");
    }

    @Test
    void aLineWithoutEndIsCut() {
        says("[".repeat(2_000_000));
        assertRefused("too long", "a line of more than");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        says("[".repeat(100_000) + "\n");
        assertRefused("too deep", "cannot understand QEMU");
    }

    @Test
    void silenceHasAnEnd() {
        assertThatThrownBy(() -> connect(Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("said nothing in time");
    }

    @Test
    void eventsWithoutEndHaveAnEnd() {
        Thread.startVirtualThread(() -> {
            try (SocketChannel channel = server.accept()) {
                write(channel, GREETING);
                while (true) {
                    write(channel, "{\"event\": \"RTC_CHANGE\"}\n");
                }
            } catch (IOException hungUp) {
                assertThat(hungUp).isNotInstanceOf(ClosedChannelException.class);
            }
        });
        assertThatThrownBy(() -> connect(Duration.ofMillis(500)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void aQemuThatHangsUpIsTold() {
        Thread.startVirtualThread(() -> {
            try (SocketChannel channel = server.accept()) {
                write(channel, GREETING);
            } catch (IOException gone) {
                throw new java.io.UncheckedIOException(gone);
            }
        });
        assertThatThrownBy(() -> connect(Duration.ofSeconds(10))).isInstanceOf(IOException.class);
    }

    @Test
    void aStatusIsReadFromThreeAnswers() throws Exception {
        QemuStatus status = QemuStatus.of(
                json("{'qemu': {'micro': 22, 'minor': 2, 'major': 7}, 'package': 'Debian'}"),
                json("{'enabled': false, 'present': true}"),
                json("{'status': 'running', 'running': true}"));
        assertThat(status).isEqualTo(new QemuStatus("7.2.22", Accelerator.TCG, "running"));
    }

    @Test
    void aStatusOfOtherTypesIsRefused() {
        assertThatThrownBy(() -> QemuStatus.of(
                        json("{'qemu': {'micro': '<b>', 'minor': 2, 'major': 7}}"),
                        json("{'enabled': 'yes'}"),
                        json("{'status': []}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not say what it is");
    }

    private void assertRefused(String why, String message) {
        assertThatThrownBy(() -> connect(Duration.ofSeconds(10)))
                .as(why)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private void says(String all) {
        Thread.startVirtualThread(() -> {
            try (SocketChannel channel = server.accept()) {
                write(channel, all);
                ByteBuffer questions = ByteBuffer.allocate(1024);
                int count;
                do {
                    count = channel.read(questions.clear());
                } while (count >= 0);
            } catch (IOException hungUp) {
                assertThat(hungUp).isNotNull();
            }
        });
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private Qmp connect(Duration limit) throws IOException {
        return Qmp.connect(socket(), Deadline.in(limit));
    }

    private Path socket() {
        return folder.resolve("qmp.sock");
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }
}
