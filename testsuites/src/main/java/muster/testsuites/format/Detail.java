package muster.testsuites.format;

/**
 * What follows a bad result: the command and a unified diff, up to the diff's end, bounded. The times in the diff's head
 * are left out, so that the same failure gives the same text every night.
 */
final class Detail {
    private static final int LONGEST = 4000;
    private static final String PARTS_OF_DIFF = " +-@\\";

    private final StringBuilder text = new StringBuilder();
    private boolean open;
    private boolean inDiff;

    void begin(boolean wanted) {
        text.setLength(0);
        open = wanted;
        inDiff = false;
    }

    void add(String line) {
        if (!open) {
            return;
        }
        if (inDiff && (line.isEmpty() || PARTS_OF_DIFF.indexOf(line.charAt(0)) < 0)) {
            open = false;
            return;
        }
        inDiff |= line.startsWith("@@ ");
        boolean head = line.startsWith("--- expected\t") || line.startsWith("+++ actual\t");
        String kept = head ? line.substring(0, line.indexOf('\t')) : line;
        if (text.length() + kept.length() > LONGEST) {
            text.append(kept, 0, Math.max(0, LONGEST - text.length())).append("…\n");
            open = false;
        } else {
            text.append(kept).append('\n');
        }
    }

    String text() {
        return text.toString().stripTrailing();
    }
}
