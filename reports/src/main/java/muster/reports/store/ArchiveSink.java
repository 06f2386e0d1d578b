package muster.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Takes what stands in an archive, in its order. What does nothing with it still has it checked. */
interface ArchiveSink {

    default void run(ArchiveFormat.Run run) throws IOException {}

    /** An attempt begins; its results follow. */
    default void attempt(ArchiveFormat.Attempt attempt) throws IOException {}

    /** Results of the last attempt. */
    default void results(List<ArchiveFormat.Result> results) throws IOException {}

    /** A kept file; its content has its digest when this returns without an error being thrown behind it. */
    default void file(String digest, InputStream content) throws IOException {}
}
