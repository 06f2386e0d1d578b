package muster.orchestrator.guest.qemu;

import java.nio.file.Path;

/** How a guest's machine begins. */
sealed interface Launch {

    /** It boots. */
    record Cold() implements Launch {}

    /** It boots in order to become a template, whose files it makes in a folder. */
    record Making(Path folder) implements Launch {}

    /** It goes on from where a template was stopped. */
    record Resumed(Template template) implements Launch {}
}
