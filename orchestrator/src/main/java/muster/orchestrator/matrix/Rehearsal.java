package muster.orchestrator.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import muster.orchestrator.config.Durations;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.Sizes;
import muster.reports.CellKey;

/**
 * Plays a plan through with the engine's rule: the longest first, a smaller one past a bigger one that does not fit yet.
 * That only one guest a core boots at once is left out: boots are short beside suites.
 */
final class Rehearsal {

    private static final double ROUNDING = 1e-9;

    private final FarmConfig.Budget budget;
    private final List<Plan.Line> lines;
    private final Map<CellKey, Plan.Line> settled = new HashMap<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparing(Running::until));
    private Duration now = Duration.ZERO;
    private long memoryFree;
    private double cpusFree;

    private record Running(Plan.Line line, Duration until) {}

    Rehearsal(FarmConfig.Budget budget, List<Plan.Line> lines) {
        this.budget = budget;
        this.lines = lines;
        this.memoryFree = budget.memoryBytes();
        this.cpusFree = budget.cpus();
    }

    Plan plan() {
        List<Plan.Line> waiting = new ArrayList<>();
        for (Plan.Line line : lines) {
            String lack = lack(line);
            if (lack.isEmpty()) {
                waiting.add(line);
            } else {
                settled.put(
                        line.cell(),
                        new Plan.Line(
                                line.cell(),
                                line.expected(),
                                line.memoryBytes(),
                                line.cpu(),
                                line.measured(),
                                null,
                                "can never start here: " + lack));
            }
        }
        waiting.sort(Comparator.comparingDouble(Plan.Line::rank).reversed());
        Map<CellKey, String> reasons = new HashMap<>();
        while (!waiting.isEmpty()) {
            waiting.removeIf(line -> startIfItFits(line, reasons));
            if (!waiting.isEmpty()) {
                end(running.remove());
            }
        }
        while (!running.isEmpty()) {
            end(running.remove());
        }
        long unknown = lines.stream().filter(line -> line.expected() == null).count();
        return new Plan(
                budget,
                lines.stream()
                        .map(line -> settled.getOrDefault(line.cell(), line))
                        .toList(),
                now,
                unknown);
    }

    private String lack(Plan.Line line) {
        if (line.memoryBytes() > budget.memoryBytes()) {
            return "needs " + Sizes.format(line.memoryBytes()) + " of memory, guests may use "
                    + Sizes.format(budget.memoryBytes()) + " together; see memory in farm.yaml";
        }
        if (line.cpu() > budget.cpus() + ROUNDING) {
            return "keeps " + line.cpu() + " processors busy, suites may use " + budget.cpus()
                    + " together; see cpus in farm.yaml";
        }
        return "";
    }

    private boolean startIfItFits(Plan.Line line, Map<CellKey, String> reasons) {
        boolean memoryFits = line.memoryBytes() <= memoryFree;
        if (!memoryFits || line.cpu() > cpusFree + ROUNDING) {
            reasons.putIfAbsent(line.cell(), memoryFits ? "processors" : "memory");
            return false;
        }
        memoryFree -= line.memoryBytes();
        cpusFree -= line.cpu();
        Estimate expected = line.expected();
        running.add(new Running(line, expected == null ? now : now.plus(expected.usual())));
        String reason = reasons.get(line.cell());
        String waits = reason == null ? "" : "waits about " + Durations.format(now) + " for " + reason;
        settled.put(
                line.cell(),
                new Plan.Line(line.cell(), expected, line.memoryBytes(), line.cpu(), line.measured(), now, waits));
        return true;
    }

    private void end(Running ended) {
        now = ended.until();
        memoryFree += ended.line().memoryBytes();
        cpusFree += ended.line().cpu();
    }
}
