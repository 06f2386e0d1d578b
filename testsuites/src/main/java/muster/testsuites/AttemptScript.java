package muster.testsuites;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes the {@code settings} that {@code attempt.sh} reads: what to run, for whom, in which environment. */
record AttemptScript(String folder, String work, String user) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * All that is set for a suite's script but {@code HOME}.
     *
     * @param folder the attempt's, in the guest
     */
    static SequencedMap<String, String> environment(String folder, String user, SequencedMap<String, String> more) {
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.put("PATH", PATH);
        environment.put("SHELL", "/bin/sh");
        environment.put("USER", user);
        environment.put("LOGNAME", user);
        environment.putAll(more);
        environment.put("MUSTER_JOURNAL", folder + "/journal");
        environment.put("MUSTER_ARTEFACTS", folder + "/artefacts");
        environment.put("MUSTER_SUBJECTS", folder + "/subjects");
        return environment;
    }

    /**
     * @param arguments of the script
     * @param list the script that lists cases, or empty
     */
    byte[] settings(
            String suiteFolder, String script, List<String> arguments, String list, SequencedMap<String, String> more)
            throws SuiteRefused {
        if (!user.matches("[a-z_][a-z0-9_-]*")) {
            throw new SuiteRefused("cannot run as user '" + user + "': a user's name is a-z, 0-9, _ and -");
        }
        SequencedMap<String, String> environment = environment(folder, user, more);
        for (String name : environment.keySet()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new SuiteRefused("cannot set '" + name + "' for the suite: this is no name of a variable");
            }
        }
        String words = environment.entrySet().stream()
                .map(entry -> Words.quoted(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining(" "));
        return Words.bytes("""
                user=%s
                folder=%s
                script=%s
                list=%s
                work=%s
                in_environment() { # for env: words before what it sets
                  eval "home=~$user"
                  [ -d "$home" ] || home=$work
                  exec env "$@" -i "HOME=$home" %s "$folder/$script" %s
                }
                """.formatted(
                        Words.quoted(user),
                        Words.quoted(suiteFolder),
                        Words.quoted(script),
                        Words.quoted(list),
                        Words.quoted(work),
                        words,
                        arguments.stream().map(Words::quoted).collect(Collectors.joining(" "))));
    }
}
