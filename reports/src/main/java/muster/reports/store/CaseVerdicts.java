package muster.reports.store;

/** What the cases of an attempt came to, in their order. */
interface CaseVerdicts {

    int size();

    /** The case's number in its suite. */
    int number(int index);

    /** A code of {@link VerdictCodes}. */
    byte verdict(int index);
}
