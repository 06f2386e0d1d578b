package muster.orchestrator.doctor;

/** Looks at one thing. */
public interface Check {

    /** What it looks at, a word or two. */
    String name();

    /** What it does while it takes its time, a few words. */
    default String doing() {
        return "looking";
    }

    /** Looks afresh; an answer of an earlier look is no answer. */
    Finding look() throws InterruptedException;
}
