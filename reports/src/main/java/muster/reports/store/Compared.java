package muster.reports.store;

import java.util.BitSet;
import muster.testsuites.Verdict;

/**
 * What a journal has against the lane's baseline.
 *
 * <p>A case that the baseline had and the journal has not is MISSING, whatever its verdict was, and stays so night after
 * night until it is reported again: a lane that lost half of its cases does not turn green by itself on the second night.
 * It is broken on the first of these nights only.
 *
 * @param missing numbers of the cases that the baseline had and the journal has not
 * @param broken how many of the cases that the journal reports are broken; mended likewise
 * @param brokenAbsent how many are broken of those that it does not report
 */
record Compared(BitSet missing, int broken, int mended, int brokenAbsent) {

    /** With nothing to compare with. */
    static final Compared WITH_NOTHING = new Compared(new BitSet(), 0, 0, 0);

    static Compared with(byte[] baseline, JournalReading reading) {
        int broken = 0;
        int mended = 0;
        int brokenAbsent = 0;
        for (int i = 0; i < reading.size(); i++) {
            byte before = at(baseline, reading.number(i));
            if (before != reading.verdict(i) && before != VerdictCodes.ABSENT) {
                Verdict then = VerdictCodes.verdict(before);
                Verdict now = VerdictCodes.verdict(reading.verdict(i));
                int isBroken = Transition.isBroken(then, now) ? 1 : 0;
                broken += i < reading.reported() ? isBroken : 0;
                brokenAbsent += i < reading.reported() ? 0 : isBroken;
                mended += Transition.isMended(then, now) ? 1 : 0;
            }
        }
        BitSet missing = new BitSet();
        for (int number = 0; number < baseline.length; number++) {
            if (baseline[number] != VerdictCodes.ABSENT && !reading.has(number)) {
                missing.set(number);
                brokenAbsent += Transition.isBroken(VerdictCodes.verdict(baseline[number]), Verdict.MISSING) ? 1 : 0;
            }
        }
        return new Compared(missing, broken, mended, brokenAbsent);
    }

    static byte at(byte[] verdicts, int number) {
        return number < verdicts.length ? verdicts[number] : VerdictCodes.ABSENT;
    }
}
