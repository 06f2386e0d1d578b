package muster.reports;

import java.util.Locale;

/** What somebody may do at a farm's pages and API; each may do what those before it may. */
public enum Role {
    /** Looks at everything but tokens and the audit log. */
    READER,
    /** Queues, cancels, runs again, keeps guests, changes schedules, waives. */
    OPERATOR,
    /** Makes and revokes tokens, and reads the audit log. */
    ADMIN;

    /** The word in commands and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static Role ofWord(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("cannot find the role '" + word + "': expected reader, operator or admin");
    }

    /** Whether who has this may do what needs the other. */
    public boolean allows(Role needed) {
        return compareTo(needed) >= 0;
    }
}
