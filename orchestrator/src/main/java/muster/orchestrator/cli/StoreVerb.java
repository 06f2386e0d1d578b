package muster.orchestrator.cli;

/** A verb that needs the store of its home. Where another process works in the home, that one runs it. */
interface StoreVerb {

    /** Whether it changes what is stored; then it is in the audit log where another process runs it. */
    default boolean changesStore() {
        return false;
    }
}
