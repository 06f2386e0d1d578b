package muster.reports.store;

import java.util.BitSet;

/**
 * The cases of an attempt, then those that its lane had before and it has not, as {@link VerdictCodes#ABSENT}. There are
 * such where the lane's attempt before it came later than it.
 */
final class WithAbsent implements CaseVerdicts {

    private final CaseVerdicts attempt;
    private final int[] absent;

    /** @param before verdict codes by case number */
    WithAbsent(CaseVerdicts attempt, byte[] before) {
        this.attempt = attempt;
        BitSet gone = new BitSet();
        for (int number = 0; number < before.length; number++) {
            gone.set(number, before[number] != VerdictCodes.ABSENT);
        }
        for (int i = 0; i < attempt.size(); i++) {
            gone.clear(attempt.number(i));
        }
        absent = gone.stream().toArray();
    }

    @Override
    public int size() {
        return attempt.size() + absent.length;
    }

    @Override
    public int number(int index) {
        return index < attempt.size() ? attempt.number(index) : absent[index - attempt.size()];
    }

    @Override
    public byte verdict(int index) {
        return index < attempt.size() ? attempt.verdict(index) : VerdictCodes.ABSENT;
    }
}
