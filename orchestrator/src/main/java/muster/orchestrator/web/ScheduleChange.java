package muster.orchestrator.web;

/** What is to become of a matrix's schedule. */
public record ScheduleChange(String matrix, Action action) {

    /** What is done with it. */
    public enum Action {
        /** It is not run by itself any more. */
        PAUSE,
        /** It is again. */
        RESUME,
        /** It is run now, once. */
        TRIGGER
    }
}
