package muster.orchestrator.guest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementTest {

    private static final Requirement SHELL = new Requirement("sh", "dash");

    @Test
    void whatIsThereIsNotAskedFor() {
        assertThatCode(() -> Requirement.check("uml", List.of(SHELL))).doesNotThrowAnyException();
    }

    @Test
    void allThatIsMissingIsNamedWithTheCommandThatInstallsIt() {
        List<Requirement> requirements = List.of(
                SHELL,
                new Requirement("no-such-emulator", "emulators"),
                new Requirement("no-such-disk-tool", "emulators"));
        assertThatThrownBy(() -> Requirement.check("qemu", requirements))
                .isInstanceOf(FarmFailed.class)
                .hasMessage("cannot run guests on qemu here: there is no no-such-emulator and no no-such-disk-tool;"
                        + " as root: apt-get install --no-install-recommends -y emulators");
    }
}
