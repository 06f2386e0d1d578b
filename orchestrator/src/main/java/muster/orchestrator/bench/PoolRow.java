package muster.orchestrator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.orchestrator.guest.uml.UmlDriver;

/** A guest that was booted ahead, from the moment at which an attempt asks for it. */
final class PoolRow implements GuestRow {

    private static final double TARGET = 0.300;

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String title() {
        return "from claim to the first SSH command of a guest that was booted ahead on uml";
    }

    @Override
    public List<Figures> measure(GuestRows.Place place, int rounds, Consumer<String> doing) throws Exception {
        BenchGuests guests = place.guests().on(UmlDriver.NAME, GuestRows.Making.USUAL);
        List<Double> claims = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            claims.add(guests.claimSeconds("bench pool"));
            doing.accept("pool: round %d of %d: %.3f s".formatted(round, rounds, claims.getLast()));
        }
        return List.of(new Figures("uml from the pool: claim to first SSH command", "s", claims).atMost(TARGET));
    }
}
