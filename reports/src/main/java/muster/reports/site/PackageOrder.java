package muster.reports.site;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Versions of packages as Debian orders them (Debian Policy 5.6.12): an epoch first, then text and numbers in turn, where a
 * tilde comes before everything, even the end, and letters before all other signs.
 */
final class PackageOrder implements Comparator<String> {

    @Override
    public int compare(String one, String other) {
        int epochs = epoch(one).compareTo(epoch(other));
        return epochs != 0
                ? epochs
                : rest(one.substring(one.indexOf(':') + 1), other.substring(other.indexOf(':') + 1));
    }

    private static BigInteger epoch(String version) {
        String digits = version.substring(0, Math.max(0, version.indexOf(':')));
        return digits.matches("[0-9]+") ? new BigInteger(digits) : BigInteger.ZERO;
    }

    private static int rest(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (isText(one, i) || isText(other, j)) {
                int order = Integer.compare(weight(one, i), weight(other, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endOne = digits(one, i);
            int endOther = digits(other, j);
            int order = number(one, i, endOne).compareTo(number(other, j, endOther));
            if (order != 0) {
                return order;
            }
            i = endOne;
            j = endOther;
        }
        return 0;
    }

    private static boolean isText(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static int weight(String text, int at) {
        if (!isText(text, at)) {
            return 0;
        }
        char sign = text.charAt(at);
        return sign == '~' ? -1 : Character.isLetter(sign) ? sign : sign + Character.MAX_VALUE;
    }

    private static int digits(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static BigInteger number(String text, int from, int to) {
        return from >= to ? BigInteger.ZERO : new BigInteger(text.substring(from, to));
    }
}
