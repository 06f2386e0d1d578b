package muster.orchestrator.matrix;

import java.util.Locale;

/** What a guest reaches beside whoever speaks to its SSH server. */
public enum Network {
    /** Nothing. */
    NONE,
    /** The farm's package mirrors alone. */
    MIRROR,
    /** These, and by a proxy what is neither the host nor of its networks. */
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
