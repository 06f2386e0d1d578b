package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.Channel.Mail.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailNotifierTest extends NotifierContract {

    @TempDir
    Path folder;

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    @BeforeEach
    void startServer() {
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    private Notifier by(int port, Security security, @Nullable String user, @Nullable String passwordFile) {
        return new MailNotifier(
                new Channel.Mail(
                        "127.0.0.1",
                        port,
                        security,
                        user,
                        passwordFile,
                        "farm@example.org",
                        List.of("ann@example.org", "bob@example.org")),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    Notifier reaching() {
        return by(server.getSmtp().getPort(), Security.NONE, null, null);
    }

    @Override
    Notifier missing() {
        int port = server.getSmtp().getPort();
        server.stop();
        return by(port, Security.NONE, null, null);
    }

    @Override
    List<String> arrived() throws Exception {
        // Each of the two who get it has a copy of the same message.
        Map<String, String> all = new LinkedHashMap<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            all.put(message.getMessageID(), message.getSubject() + "\n" + message.getContent());
        }
        return List.copyOf(all.values());
    }

    @Test
    void everybodyGetsItAndNoMachineAnswers() throws Exception {
        reaching().send(new Message(List.of(notice("a", "b", "c"))));
        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage message = server.getReceivedMessagesForDomain("bob@example.org")[0];
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getSentDate().toInstant()).isEqualTo(NOW);
    }

    @Test
    void aLineEndInAHeadlineMakesNoHeader() throws Exception {
        reaching().send(new Message(List.of(notice("a", "b\r\nBcc: eve@example.org", "c"))));
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    }

    @Test
    void whoMustLogInDoesWithTheFilesFirstLine() throws Exception {
        server.setUser("farm", "open sesame");
        server.getManagers().getUserManager().setAuthRequired(true);
        Path right = secret("right", "open sesame\nand more\n");
        Path wrong = secret("wrong", "shut\n");
        int port = server.getSmtp().getPort();
        by(port, Security.NONE, "farm", right.toString()).send(new Message(List.of(notice("a", "b", "c"))));
        assertThat(server.getReceivedMessages()).hasSize(2);
        org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class,
                () -> by(port, Security.NONE, "farm", wrong.toString())
                        .send(new Message(List.of(notice("a", "b", "c")))));
    }

    @Test
    void nothingIsSentInTheClearWhereStarttlsIsAskedFor() {
        org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class,
                () -> by(server.getSmtp().getPort(), Security.STARTTLS, null, null)
                        .send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private Path secret(String name, String words) throws IOException {
        Path secret = Files.writeString(folder.resolve(name), words);
        return Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }
}
