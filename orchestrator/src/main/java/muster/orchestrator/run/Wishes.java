package muster.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which guests are wanted: by attempts that wait, and then by those that are foreseen, each until its attempt waits. Not safe for
 * use by many threads.
 */
final class Wishes {

    private static final Comparator<Wish> FIRST = Comparator.<Wish>comparingInt(
                    wish -> wish.need().priority())
            .thenComparingDouble(wish -> wish.need().rank())
            .reversed();

    private final List<Wish> waiting = new ArrayList<>();
    private final Set<String> come = new HashSet<>();
    private List<Wish> foreseen = List.of();

    void add(Wish wish) {
        waiting.add(wish);
        come.add(wish.need().label());
        foresee(foreseen);
    }

    void remove(Wish wish) {
        waiting.remove(wish);
    }

    /** From now on these are foreseen, and no others; those of which attempts came meanwhile are not. */
    void foresee(List<Wish> wishes) {
        come.retainAll(wishes.stream().map(wish -> wish.need().label()).toList());
        foreseen = wishes.stream()
                .filter(wish -> !come.contains(wish.need().label()))
                .toList();
    }

    /** That of an attempt that is let in now. */
    Optional<Wish> letIn(Capacity.Need need) {
        Optional<Wish> found =
                waiting().filter(wish -> wish.need().equals(need)).findFirst();
        found.ifPresent(Wish::letIn);
        return found;
    }

    /** How many guests of each kind are wanted. */
    Map<GuestKind, Integer> wanted() {
        Map<GuestKind, Integer> wanted = new HashMap<>();
        Stream.concat(waiting(), foreseen.stream()).forEach(wish -> wanted.merge(wish.kind(), 1, Integer::sum));
        return wanted;
    }

    /**
     * The first that has no guest.
     *
     * @param there how many guests of each kind there are
     * @param wait how long an attempt waits before it is booted ahead for
     */
    Optional<Wish> first(Map<GuestKind, Integer> there, Instant now, Duration wait, Predicate<Wish> possible) {
        Map<GuestKind, Integer> left = new HashMap<>(there);
        Stream<Wish> patient = waiting().filter(wish -> !wish.since().plus(wait).isAfter(now));
        return Stream.concat(patient.sorted(FIRST), foreseen.stream().sorted(FIRST))
                .filter(wish -> left.merge(wish.kind(), -1, Integer::sum) < 0)
                .filter(possible)
                .findFirst();
    }

    private Stream<Wish> waiting() {
        return waiting.stream().filter(wish -> !wish.isLetIn());
    }
}
