package muster.orchestrator.guest.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import muster.orchestrator.guest.Guest;
import muster.orchestrator.guest.NotResumed;
import muster.orchestrator.guest.Seed;
import muster.orchestrator.guest.TemplateSpace;
import muster.orchestrator.guest.Templating;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuTemplatesTest {

    @TempDir
    Path folder;

    @Test
    void aGuestWhoseImageIsSaidNotToRenewIsNotEvenBooted() {
        QemuTemplates templates = new QemuTemplates(
                () -> {
                    throw new AssertionError("no machine is needed");
                },
                new TemplateStore(new TemplateSpace(folder, 1L << 30), Clock.systemUTC()));
        assertThatExceptionOfType(NotResumed.class)
                .isThrownBy(() -> templates.resume(QemuCommandTest.spec(false, false, 1), new NoBoot()))
                .withMessage("its image debian-12-0 does not know how to take another identity while it runs")
                .satisfies(thrown -> assertThat(thrown.isLasting()).isTrue());
    }

    private static final class NoBoot implements Templating.FirstBoot {
        @Override
        public Seed seed() {
            throw new AssertionError("nothing is to be booted");
        }

        @Override
        public void await(Guest guest) {
            throw new AssertionError("nothing is to be booted");
        }
    }
}
