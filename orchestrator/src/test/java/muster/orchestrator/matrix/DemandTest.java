package muster.orchestrator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import muster.orchestrator.config.ConfigError;
import muster.orchestrator.config.TestInstallation;
import muster.reports.GuestUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandTest {

    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private Cell cell;

    @BeforeEach
    void makeCell() throws IOException, ConfigError {
        cell = new TestInstallation(folder)
                .matrix("matrix: m\ndistributions: [debian-12]\nsuites: { commands: {} }\n")
                .cells()
                .getFirst();
        assertThat(cell.guest().memoryBytes()).isEqualTo(512 * MB);
        assertThat(cell.suite().cpu()).isEqualTo(1);
    }

    private static GuestUse use(long megabytes, double cpu) {
        return new GuestUse(
                512 * MB, 1, megabytes * MB, Duration.ofMillis(Math.round(cpu * 100_000)), Duration.ofSeconds(100));
    }

    @Test
    void whatIsUnknownIsAsDeclared() {
        assertThat(Demand.of(cell, List.of())).isEqualTo(new Demand(560 * MB, 1, 0));
        assertThat(Demand.of(cell, List.of(use(10, 0.1), use(10, 0.1)))).isEqualTo(Demand.declared(cell));
    }

    @Test
    void nineOfTenAndAQuarterMoreAreReckonedWith() {
        List<GuestUse> uses = new ArrayList<>(Collections.nCopies(8, use(300, 0.2)));
        uses.add(use(320, 0.4));
        uses.add(use(500, 0.9));
        assertThat(Demand.of(cell, uses)).isEqualTo(new Demand(400 * MB, 0.5, 10));
    }

    @Test
    void itIsNeverMoreThanDeclared() {
        assertThat(Demand.of(cell, Collections.nCopies(5, use(700, 2)))).isEqualTo(new Demand(560 * MB, 1, 5));
    }

    @Test
    void itIsNeverLessThanHalfOfTheDeclaredMemory() {
        assertThat(Demand.of(cell, Collections.nCopies(5, use(20, 0)))).isEqualTo(new Demand(280 * MB, 0.05, 5));
    }
}
