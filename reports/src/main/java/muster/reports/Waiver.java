package muster.reports;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's dated, reasoned acceptance of failing cases. It is of cases that were reported: FAIL and UNRESOLVED; one that
 * is never reported is never accepted.
 *
 * @param scope which cases
 * @param kind of what kind the failure is
 * @param reason why it is accepted, a sentence or more
 * @param reference where that was found out: a report, a bug, an interpretation; may be empty
 * @param owner who answers for it
 * @param since the day from which it holds
 * @param expires the last day on which it holds, or null where it is permanent
 */
public record Waiver(
        Scope scope,
        Kind kind,
        String reason,
        String reference,
        String owner,
        LocalDate since,
        @Nullable LocalDate expires) {

    /** No waiver that is not permanent holds longer. */
    public static final int MOST_MONTHS = 12;

    /** Of what kind a waived failure is. */
    public enum Kind {
        /** The test is wrong. */
        SUITE_DEFICIENCY,
        /** The standard can be read so, for good: the one kind that needs no expiry. */
        PERMANENT_INTERPRETATION,
        /** The standard can be read so until it is made clear. */
        TEMPORARY_INTERPRETATION,
        /** A fault of the distribution that is to be mended and does no harm meanwhile. */
        MINOR_FAULT;

        /** The word in files and commands, e.g. {@code minor-fault}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #word}. */
        public static Kind ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public Waiver {
        complaint(kind, since, expires).ifPresent(why -> {
            throw new IllegalArgumentException("cannot waive: " + why);
        });
        if (reason.isBlank() || owner.isBlank()) {
            throw new IllegalArgumentException("cannot waive: a waiver has a reason and an owner");
        }
    }

    /** What is wrong with its days, for people. */
    public static Optional<String> complaint(Kind kind, LocalDate since, @Nullable LocalDate expires) {
        if (expires == null) {
            return kind == Kind.PERMANENT_INTERPRETATION
                    ? Optional.empty()
                    : Optional.of("a waiver of kind " + kind.word() + " has a day on which it expires");
        }
        if (expires.isBefore(since)) {
            return Optional.of("it expires on " + expires + ", before it begins on " + since);
        }
        LocalDate last = since.plusMonths(MOST_MONTHS);
        return kind != Kind.PERMANENT_INTERPRETATION && expires.isAfter(last)
                ? Optional.of("it expires on " + expires + ": a waiver that begins on " + since + " expires by " + last)
                : Optional.empty();
    }
}
