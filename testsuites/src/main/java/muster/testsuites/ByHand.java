package muster.testsuites;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person types as root in a guest to run one of a suite's scripts as a {@link SuiteRunner} runs it. */
public final class ByHand {

    private static final String PLACE = RunnerSettings.DEFAULT.attempts() + "/by-hand";

    private ByHand() {}

    /**
     * Commands in one line: they make a fresh working folder, run the script there for the suite's user and in its
     * environment, and show the journal.
     *
     * @param suite the suite's name
     * @param variant its variant's
     * @param user who runs it
     * @param script by its file name in the suite's folder
     * @param environment the suite's own, with the variant's
     * @param onlyCase the script's argument, or null for none
     */
    public static String line(
            String suite,
            String variant,
            String user,
            String script,
            SequencedMap<String, String> environment,
            @Nullable String onlyCase) {
        SequencedMap<String, String> own = new LinkedHashMap<>(environment);
        own.put("MUSTER_VARIANT", variant);
        SequencedMap<String, String> all = AttemptScript.environment(PLACE, user, own);
        String words = all.entrySet().stream()
                .map(entry -> Words.plain(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining(" "));
        String switched =
                user.equals("root") ? "" : "setpriv --reuid=" + user + " --regid=$(id -g " + user + ") --init-groups ";
        return "w=" + PLACE + " && h=~" + user
                + " && rm -rf $w && mkdir -p $w/work $w/artefacts && : >$w/journal && : >$w/subjects && chown -R "
                + user
                + " $w && cd $w/work && " + switched + "env -i HOME=$h " + words + " "
                + Words.plain(RunnerSettings.DEFAULT.suites() + "/" + suite + "/" + script)
                + (onlyCase == null ? "" : " " + Words.plain(onlyCase))
                + " </dev/null; echo \"exit status $?\"; cat $w/journal";
    }
}
