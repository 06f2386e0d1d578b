package muster.orchestrator.guest.lxc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import muster.orchestrator.guest.FarmFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LxcSetUpTest {

    @TempDir
    Path folder;

    @Test
    void anOrdinaryUserIsToldWhatToDo() {
        assertThatThrownBy(() -> new LxcSetUp("jo", folder).settle())
                .isInstanceOf(FarmFailed.class)
                .hasMessageStartingWith("cannot run guests on lxc here: ")
                .hasMessageContaining("takes root")
                .hasMessageContaining("start muster as root, or choose another driver");
    }
}
