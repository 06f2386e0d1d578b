package muster.testsuites.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import muster.testsuites.CaseResult;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/** The test cases of a TET journal that have begun and not ended, by the number of their activity. */
final class TetActivities {
    /** A toolkit that runs cases side by side has this many open at most. */
    static final int MOST = 200;

    /** In the order in which they began. */
    private final List<Activity> open = new ArrayList<>();
    /** The one that was asked for last, for most records are of the same as the one before. */
    private @Nullable Activity last;

    /** Begins one, and none of its number is open; null where there are too many. */
    @Nullable
    Activity begin(int number, String name, long line) {
        if (open.size() == MOST) {
            return null;
        }
        Activity activity = new Activity(number, name, line);
        open.add(activity);
        last = activity;
        return activity;
    }

    @Nullable
    Activity of(int number) {
        if (last == null || last.number != number) {
            last = find(number);
        }
        return last;
    }

    private @Nullable Activity find(int number) {
        for (Activity activity : open) {
            if (activity.number == number) {
                return activity;
            }
        }
        return null;
    }

    @Nullable
    Activity end(int number) {
        Activity ended = of(number);
        if (ended != null) {
            open.remove(ended);
            last = null;
        }
        return ended;
    }

    void endAll(Consumer<Activity> each) {
        List.copyOf(open).forEach(each);
        open.clear();
        last = null;
    }

    /** A test case that runs. */
    static final class Activity {
        private static final int SIGNAL = 256;
        private static final int NONE = -1;

        private final int number;
        private final String name;
        private final long line;
        private final Excerpt said = new Excerpt();
        private boolean reported;
        private boolean library;
        private @Nullable CaseResult held;
        private int purpose = NONE;
        private long purposeLine;
        private int status;

        Activity(int number, String name, long line) {
            this.number = number;
            this.name = name;
            this.line = line;
        }

        String name() {
            return name;
        }

        /** It has records that only TET's library writes, so its status is not that of its purpose. */
        void usesLibrary() {
            library = true;
        }

        void begin(int begun, String text, long onLine) {
            purpose = begun;
            purposeLine = onLine;
            said.clear();
            say(text);
        }

        boolean isIn(int other) {
            return purpose == other;
        }

        void say(String text) {
            if (!text.isBlank()) {
                said.add(text);
            }
        }

        String said() {
            return said.text();
        }

        void reported(CaseResult result) {
            reported = true;
            held = result;
            purpose = NONE;
            said.clear();
        }

        boolean hasReported() {
            return reported;
        }

        void endedWith(int exitStatus) {
            status = exitStatus;
        }

        /** What its status means, as a sentence's part; empty where it is 0. */
        String cause() {
            return switch (status) {
                case 0 -> "";
                case -1 -> "it could not be started";
                case -2 -> "timeout";
                case -3 -> "it could not be locked";
                case -4 -> "the toolkit met an error";
                default -> status >= SIGNAL ? "signal " + status / SIGNAL : "exit status " + status;
            };
        }

        /** The purpose that began and was not reported, or null; it is open no longer. */
        @Nullable
        CaseResult openPurpose() {
            if (purpose == NONE) {
                return null;
            }
            CaseResult result = noResult(name + " " + purpose, purposeLine);
            purpose = NONE;
            reported = true;
            return result;
        }

        /** For a case that ended without any purpose. */
        CaseResult noResult() {
            return noResult(name, line);
        }

        private CaseResult noResult(String of, long onLine) {
            String message = (cause() + "\n" + said.text()).strip();
            Verdict verdict = status >= 0 && status < SIGNAL ? Verdict.NORESULT : Verdict.UNRESOLVED;
            return new CaseResult(of, verdict, "", status == 0 ? null : status, message, null, onLine);
        }

        /** The last result, completed by what the end of the case says of it, or null; it is held no longer. */
        @Nullable
        CaseResult takeResult() {
            CaseResult result = held;
            held = null;
            if (result == null || library || status == 0) {
                return result;
            }
            boolean undecided = status < 0 || status >= SIGNAL;
            return new CaseResult(
                    result.name(),
                    undecided ? Verdict.UNRESOLVED : result.verdict(),
                    result.nativeWord(),
                    status,
                    (cause() + "\n" + result.message()).strip(),
                    null,
                    result.line());
        }
    }
}
