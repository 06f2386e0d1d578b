package muster.orchestrator.run;

/** The guest's own end ends the attempt; {@link #end} says how. */
public final class GuestEnded extends Exception {

    private final transient CellEnd end;

    GuestEnded(CellEnd end) {
        super(end.toString());
        this.end = end;
    }

    public CellEnd end() {
        return end;
    }
}
