package muster.orchestrator.cli;

import muster.reports.ResultStore;

/**
 * A store that a verb may use until it is done.
 *
 * @param isOwn whether it was opened for the verb; else it is closed by whoever opened it
 */
record OpenStore(ResultStore store, boolean isOwn) implements AutoCloseable {

    @Override
    public void close() {
        if (isOwn) {
            store.close();
        }
    }
}
