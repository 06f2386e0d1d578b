package muster.orchestrator.engine;

import java.util.Optional;

/** Whether a host is short of memory just now: one more guest would hurt those that run. */
@FunctionalInterface
public interface MemoryPressure {

    /** Never short. */
    MemoryPressure NONE = Optional::empty;

    /** How that shows, a few words; empty where there is memory enough. */
    Optional<String> now();
}
