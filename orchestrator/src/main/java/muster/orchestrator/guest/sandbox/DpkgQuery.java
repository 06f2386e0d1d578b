package muster.orchestrator.guest.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks the host's package manager for versions. */
public final class DpkgQuery {

    private DpkgQuery() {}

    /** Package to version of those that are installed; none where the host has no dpkg. */
    public static SortedMap<String, String> versions(List<String> packages) {
        List<String> command = new ArrayList<>(
                List.of("dpkg-query", "--show", "--showformat=${db:Status-Abbrev}\\t${Package}\\t${Version}\\n"));
        command.addAll(packages);
        SortedMap<String, String> versions = new TreeMap<>();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (String line : answer.lines().toList()) {
                String[] fields = line.split("\t", -1);
                if (fields.length == 3 && fields[0].startsWith("ii")) {
                    versions.put(fields[1], fields[2]);
                }
            }
        } catch (IOException noDpkg) {
            return versions;
        }
        return versions;
    }
}
