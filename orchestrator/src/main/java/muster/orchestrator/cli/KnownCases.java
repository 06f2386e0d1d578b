package muster.orchestrator.cli;

import java.util.Collection;
import muster.orchestrator.config.Nearest;

/** Names of cases as people type them. */
final class KnownCases {

    private KnownCases() {}

    /** That there is no such case, with the one that may have been meant. */
    static Refusal refusal(String name, String suites, Collection<String> known) {
        return Refusal.usage("cannot find a case '" + name + "' in " + suites + ": none of its " + known.size()
                + " known cases is called so"
                + Nearest.to(name, known)
                        .map(near -> "; did you mean '" + Words.harmless(near) + "'?")
                        .orElse(""));
    }

    /** For a shell. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
