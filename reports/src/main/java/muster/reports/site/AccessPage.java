package muster.reports.site;

import java.util.List;
import muster.reports.AuditEntry;
import muster.reports.Token;

/**
 * Who is let in, and who did what.
 *
 * @param made the secret of a token that was made just now, shown this once; empty otherwise
 * @param older the number before which there are older entries, or 0
 */
public record AccessPage(List<Row> tokens, String made, List<AuditEntry> entries, long older) {

    /** A token and how it stands. */
    public record Row(Token token, State state) {}
}
