package muster.orchestrator.doctor;

import java.nio.file.Path;
import java.util.List;

/**
 * Which Java runs the program.
 *
 * @param version its version
 * @param home its folder
 */
record JavaCheck(Runtime.Version version, Path home, Host host) implements Check {

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Finding look() {
        String found = "Java " + version + " in " + home;
        if (host.has(home.resolve("bin/javac").toString())) {
            return Finding.fine(found);
        }
        if (host.has(home.resolveSibling("program").resolve("muster.jar").toString())) {
            return Finding.fine(found + ", which this installation brought along");
        }
        return Finding.missing(
                Standing.DEGRADED,
                found + " has no compiler: the launcher cannot build Muster anew with it",
                List.of("openjdk-" + version.feature() + "-jdk-headless"));
    }
}
