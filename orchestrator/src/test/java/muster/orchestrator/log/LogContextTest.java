package muster.orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.reports.Attempt;
import muster.reports.CellKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program's log as it is shipped: lines that programs read, with the cell that they are about. */
class LogContextTest {

    private static final Attempt ATTEMPT =
            new Attempt(41, 7, CellKey.parse("debian-12:commands:default@uml"), Attempt.Kind.MAIN, 1);

    @TempDir
    Path folder;

    @Test
    void aLineNamesTheCellThatItIsAbout() throws Exception {
        Path log = folder.resolve("muster.log");
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.putProperty("muster.log", log.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogContextTest.class.getResource("/logback.xml"));
        try (LogContext.Scope _ = LogContext.of(ATTEMPT)) {
            context.getLogger("muster.here").info("says {}", "\"this\"\n\u001b[31m");
        }
        context.getLogger("muster.here").error("of no cell", new IllegalStateException("broken"));
        context.stop();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(2);
        JsonNode first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.get("formattedMessage").asString()).isEqualTo("says \"this\"\n\u001b[31m");
        assertThat(first.get("mdc").get("cell").asString()).isEqualTo("debian-12:commands:default@uml");
        assertThat(first.get("mdc").get("run").asString()).isEqualTo("7");
        assertThat(first.get("mdc").get("attempt").asString()).isEqualTo("41");
        JsonNode second = new JsonMapper().readTree(lines.getLast());
        assertThat(second.path("mdc").has("cell")).isFalse();
        assertThat(second.get("throwable").get("message").asString()).isEqualTo("broken");
    }

    @Test
    void anotherThreadWorksForTheSameCellOnlyWhereItIsCarriedOver() throws Exception {
        String[] seen = new String[2];
        try (LogContext.Scope _ = LogContext.of(ATTEMPT)) {
            Thread carried = Thread.ofVirtual().start(LogContext.carried(() -> {
                seen[0] = MDC.get("cell");
            }));
            Thread plain = Thread.ofVirtual().start(() -> seen[1] = MDC.get("cell"));
            carried.join();
            plain.join();
        }
        assertThat(seen).containsExactly("debian-12:commands:default@uml", null);
        assertThat(MDC.get("cell")).isNull();
        assertThat(LoggerFactory.getILoggerFactory()).isNotNull();
    }
}
