package muster.orchestrator.matrix;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import muster.reports.GuestUse;

/**
 * What a guest of a cell takes of its host: what is declared, or less where earlier guests of its lane and shape have shown
 * that they take less. See decision 0009.
 *
 * @param memoryBytes memory of the host
 * @param cpu processors that it keeps busy
 * @param from how many earlier guests this comes from; 0 when it is what is declared
 */
public record Demand(long memoryBytes, double cpu, int from) {

    /** How many attempts of a lane are looked at. */
    public static final int EARLIER = 10;

    /** Fewer show nothing yet. */
    static final int LEAST = 3;

    /** Memory that a guest takes on the host beside its own: sandbox, network, page tables. */
    static final long OVERHEAD = 48L << 20;

    /** What is added to what was measured. */
    private static final double MARGIN = 1.25;

    /** Guests that all take at once what they were given never take more than twice of what was reckoned with. */
    private static final long LEAST_PART = 2;

    private static final double LEAST_CPU = 0.05;

    /** What is declared: a guest never takes more of memory. */
    public static Demand declared(Cell cell) {
        return new Demand(cell.guest().memoryBytes() + OVERHEAD, cell.suite().cpu(), 0);
    }

    /**
     * @param earlier what guests of the cell's lane and shape have used, in any order
     */
    public static Demand of(Cell cell, Collection<GuestUse> earlier) {
        Demand declared = declared(cell);
        if (earlier.size() < LEAST) {
            return declared;
        }
        double memory = usual(earlier.stream().map(use -> (double) use.peakBytes()));
        double cpu = usual(earlier.stream().map(GuestUse::busyCpus));
        return new Demand(
                Math.clamp((long) (memory * MARGIN), declared.memoryBytes() / LEAST_PART, declared.memoryBytes()),
                Math.clamp(cpu * MARGIN, Math.min(LEAST_CPU, declared.cpu()), declared.cpu()),
                earlier.size());
    }

    /** Nine of ten took no more, by nearest rank. */
    private static double usual(Stream<Double> measured) {
        List<Double> sorted = measured.sorted().toList();
        return sorted.get((int) Math.ceil(0.9 * sorted.size()) - 1);
    }
}
