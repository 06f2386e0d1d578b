package muster.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import muster.orchestrator.run.Entrance;
import org.junit.jupiter.api.Test;

class SystemSshTest {

    private final SystemSsh ssh = new SystemSsh(Path.of("/h o/100%/key"), Path.of("/tmp/known"));

    @Test
    void onlyTheGuestsOwnKeyIsAcceptedAndNothingOfThePersonsOwnSettings() {
        List<String> words = words("/h/ssh.sock", false);
        assertThat(words)
                .startsWith("ssh", "-F", "none")
                .contains("StrictHostKeyChecking=yes", "UserKnownHostsFile=\"/tmp/known\"", "IdentitiesOnly=yes")
                .contains("IdentityFile=\"/h o/100%%/key\"")
                .endsWith("root@guest");
    }

    @Test
    void aSocketsPathReachesSocatAsItIs() {
        assertThat(words("/h/it's 5%,/a:b", false))
                .contains("ProxyCommand=socat - 'UNIX-CONNECT:/h/it\\'\\''s 5%%\\,/a\\:b'");
    }

    @Test
    void oneWordIsALineOfTheShellAndSeveralAreAProgramAndItsArguments() {
        assertThat(words("/s", false, "ls | wc -l")).endsWith("root@guest", "ls | wc -l");
        assertThat(words("/s", false, "ls", "a b", "it's")).endsWith("root@guest", "'ls'", "'a b'", "'it'\\''s'");
    }

    @Test
    void aCommandGetsATerminalWhereThePersonHasOne() {
        assertThat(words("/s", true, "top")).contains("-t");
        assertThat(words("/s", false, "top")).doesNotContain("-t");
        assertThat(words("/s", true)).doesNotContain("-t");
    }

    private List<String> words(String socket, boolean terminal, String... command) {
        return ssh.words(new Entrance(socket, "ssh-ed25519 AAAA guest"), terminal, List.of(command));
    }
}
