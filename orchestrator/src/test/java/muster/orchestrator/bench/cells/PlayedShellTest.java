package muster.orchestrator.bench.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PlayedShellTest {

    private static final String ATTEMPT = "sh '/var/lib/muster/attempt-1/attempt.sh' ";
    private static final String FIRST = "at 1 5000\nPASS: case 1\n";

    private final PlayedSuite suite = new PlayedSuite(Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC));
    private final PlayedShell shell = new PlayedShell("abc", suite);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    private int run(String command) throws Exception {
        out.reset();
        return shell.run(command, InputStream.nullInputStream(), out, error);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSuiteIsLaunchedFollowedFromAnOffsetAndEndsWithItsStatus() throws Exception {
        assertThat(suite.isBegun()).isFalse();
        assertThat(run("a='/var/lib/muster/attempt-1'; s='x'\ntar -xf -\nexec " + ATTEMPT + "launch"))
                .isZero();
        assertThat(suite.isBegun()).isTrue();
        suite.tick();
        assertThat(run(ATTEMPT + "state")).isEqualTo(71);
        assertThat(said()).isEqualTo("journal " + FIRST.length() + "\nlog 10\n");
        Thread rest = Thread.ofVirtual().start(() -> {
            suite.endSoon();
            suite.tick();
        });
        assertThat(run(ATTEMPT + "follow " + (FIRST.length() + 1) + " 11")).isZero();
        rest.join();
        assertThat(run(ATTEMPT + "rest 'journal' 1")).isZero();
        assertThat(said()).isEqualTo(FIRST + "at 2 5000\nPASS: case 2\nEND: 2\n");
        assertThat(run(ATTEMPT + "state")).isZero();
        assertThat(said()).startsWith("status 0 ");
    }

    @Test
    void nothingIsWrittenBeforeTheLaunchAndAfterTheEnd() throws Exception {
        suite.tick();
        assertThat(suite.cases()).isZero();
        run(ATTEMPT + "launch");
        suite.endSoon();
        suite.tick();
        suite.tick();
        assertThat(suite.cases()).isEqualTo(1);
    }

    @Test
    void whatItDoesNotKnowIsRefused() throws Exception {
        assertThat(run("rm -rf /")).isEqualTo(127);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("rm -rf /");
    }
}
