package muster.orchestrator.doctor;

import java.util.Locale;
import muster.orchestrator.config.FarmConfig;
import muster.orchestrator.config.HostCapacity;
import muster.orchestrator.config.Sizes;

/** How many guests memory and processors allow. */
record CapacityCheck(FarmConfig farm, HostCapacity capacity) implements Check {

    private static final String MEND = "end what uses memory here, or set memory and cpus in farm.yaml in the home";

    @Override
    public String name() {
        return "capacity";
    }

    @Override
    public Finding look() {
        FarmConfig.Budget budget = farm.budget(capacity);
        long guests = budget.memoryBytes() / farm.guest().memoryBytes();
        String found = String.format(
                Locale.ROOT,
                "%d processors, %s of memory available; guests may use %.1f processors and %s together: %d guests of %s",
                capacity.cpus(),
                rounded(capacity.availableBytes()),
                budget.cpus(),
                rounded(budget.memoryBytes()),
                guests,
                Sizes.format(farm.guest().memoryBytes()));
        if (guests == 0) {
            return Finding.broken(found, MEND);
        }
        return budget.cpus() < 1
                ? Finding.degraded(found + "; a suite that keeps one processor busy never starts", MEND)
                : Finding.fine(found);
    }

    private static String rounded(long bytes) {
        return Sizes.format(bytes >> 20 << 20);
    }
}
