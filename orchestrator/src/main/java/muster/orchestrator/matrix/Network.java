package muster.orchestrator.matrix;

import java.util.Locale;

/** What a guest reaches beside whoever speaks to its SSH server. */
public enum Network {
    /** Nothing. */
    NONE,
    /** The farm's package mirrors alone. */
    MIRROR,
    /** All but the host. No driver can do that without letting a guest reach the host too. */
    INTERNET;

    /** As matrices have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that word. */
    public static Network ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
