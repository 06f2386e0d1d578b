package muster.images.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParsingTest {

    @Test
    void simulationNamesWhatIsInstalledAndWhatIsUpgraded() {
        assertThat(MmdebstrapSource.parseSimulation("""
                I: simulate installing
                Inst libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [amd64]) []
                Inst openssl [3.0.1] (1:3.0.2 Debian:12.15/oldstable [amd64])
                Inst libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [amd64])
                Conf libc6 (2.36-9+deb12u14 Debian:12.15/oldstable [amd64])
                """))
                .containsExactlyInAnyOrderEntriesOf(Map.of("libc6", "2.36-9+deb12u14", "openssl", "1:3.0.2"));
    }

    @Test
    void statusCountsOnlyWhatIsInstalled() {
        assertThat(DpkgStatus.parse("""
                Package: bash
                Status: install ok installed
                Description: shell
                 Version: of the description
                Version: 5.2

                Package: gone
                Status: deinstall ok config-files
                Version: 1

                Package: half
                Status: install ok half-configured
                Version: 2
                """)).isEqualTo(Map.of("bash", "5.2"));
    }
}
