package muster.reports;

import java.time.Instant;

/**
 * Something that somebody did to the farm, or tried to.
 *
 * @param number its row, from 1, later ones greater
 * @param who for people, e.g. {@code token night-watch}
 * @param what the deed in a word or two, e.g. {@code cancel}
 * @param on what it was done to, or empty
 * @param result what came of it, e.g. {@code done}
 */
public record AuditEntry(long number, Instant at, String who, String what, String on, String result) {}
