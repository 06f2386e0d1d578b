package muster.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process of a guest that a test may end. */
final class GuestProcess {

    private GuestProcess() {}

    /** The id of the first process in the sandbox of a guest, whose folder is an attempt's or a shard's. */
    static String pid(Path folder) throws IOException {
        return Files.readString(folder.resolve("guest/sandbox.json"))
                .replaceAll("(?s).*\"child-pid\": *([0-9]+).*", "$1");
    }
}
