package muster.orchestrator.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that was meant. The distance counts letters that were added, left out, changed or swapped with their
 * neighbour (optimal string alignment).
 */
public final class Nearest {

    private Nearest() {}

    /** The nearest of the known words, the first of several, unless even that is too far to be what was meant. */
    public static Optional<String> to(String word, Collection<String> known) {
        String best = null;
        int smallest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int longer = Math.max(word.length(), candidate.length());
            if (longer > 200) {
                continue;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < smallest && distance <= (longer + 2) / 3) {
                smallest = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 ? j : j == 0 ? i : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(table[i - 1][j - 1] + change, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
