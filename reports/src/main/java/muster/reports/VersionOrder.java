package muster.reports;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of suites: runs of digits compare as numbers, what is between them as text; a longer one comes after its beginning. */
final class VersionOrder implements Comparator<String> {

    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        Matcher first = PIECE.matcher(one);
        Matcher second = PIECE.matcher(other);
        while (true) {
            boolean more = first.find();
            if (!second.find()) {
                return more ? 1 : 0;
            }
            if (!more) {
                return -1;
            }
            int order = piece(first.group(), second.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int piece(String one, String other) {
        boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }
}
