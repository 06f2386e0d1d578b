package muster.orchestrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import muster.images.ImageFailed;
import muster.images.Tools;
import muster.testsuites.Suite;

/** Runs a suite's {@code list} on this host, where it can do no harm: no network, nothing to write to. */
record ListLint(Tools tools, Problems problems) {

    private static final String LIMIT = "20";

    void check(Suite suite, Suite.Variant variant, Text list) throws ImageFailed, IOException, InterruptedException {
        Path log = Files.createTempFile("muster-lint", ".log");
        try {
            int status = tools.run(new Tools.Call(words(suite, variant, list.value()), Path.of("/"), log));
            List<String> cases = Files.readAllLines(log);
            String what = Words.quoted(list.value()) + " for the variant " + variant.name();
            if (status != 0) {
                problems.add(
                        list.place(),
                        what + " ended with status " + status + " after: " + Tools.tail(log),
                        "the names of all cases, one a line");
            } else if (cases.isEmpty() || cases.stream().anyMatch(String::isBlank)) {
                problems.add(
                        list.place(),
                        what + (cases.isEmpty() ? " names no case" : " prints an empty line"),
                        "the names of all cases, one a line");
            }
            Set<String> seen = new HashSet<>();
            cases.stream()
                    .filter(name -> !seen.add(name))
                    .findFirst()
                    .ifPresent(twice -> problems.add(
                            list.place(), what + " names " + Words.quoted(twice) + " twice", "each case once"));
        } finally {
            Files.delete(log);
        }
    }

    private static List<String> words(Suite suite, Suite.Variant variant, String script) {
        List<String> words = new ArrayList<>(List.of("timeout", LIMIT, "bwrap", "--unshare-all", "--die-with-parent"));
        words.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"));
        String folder = suite.folder().toString();
        words.addAll(List.of("--ro-bind", folder, folder, "--chdir", "/tmp", "--clearenv"));
        SequencedMap<String, String> environment = suite.environment(variant);
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("MUSTER_VARIANT", variant.name());
        environment.forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        words.add(suite.folder().resolve(script).toString());
        return words;
    }
}
