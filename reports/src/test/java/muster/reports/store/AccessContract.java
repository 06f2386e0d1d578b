package muster.reports.store;

import static muster.reports.store.Samples.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import muster.reports.AuditEntry;
import muster.reports.AuditLog;
import muster.reports.ResultStore;
import muster.reports.Role;
import muster.reports.Token;
import org.junit.jupiter.api.Test;

/** Tokens and the audit log, on every engine alike. */
abstract class AccessContract {

    private static final String DIGEST = "ab".repeat(32);

    abstract ResultStore store();

    @Test
    void aTokenIsFoundByItsDigestUntilForEver() {
        Token added = store().tokens().add("watch", Role.OPERATOR, DIGEST, MIDNIGHT, MIDNIGHT.plusSeconds(5));
        assertThat(added).isEqualTo(new Token("watch", Role.OPERATOR, MIDNIGHT, MIDNIGHT.plusSeconds(5), null));
        assertThat(store().tokens().ofDigest(DIGEST)).contains(added);
        assertThat(store().tokens().ofDigest("cd".repeat(32))).isEmpty();
        assertThat(added.holds(MIDNIGHT.plusMillis(4_999))).isTrue();
        assertThat(added.holds(MIDNIGHT.plusSeconds(5))).isFalse();
    }

    @Test
    void aRevokedTokenStaysAndHoldsNoMore() {
        store().tokens().add("watch", Role.READER, DIGEST, MIDNIGHT, null);
        store().tokens().revoke("watch", MIDNIGHT.plusSeconds(1));
        assertThat(store().tokens().all()).singleElement().satisfies(token -> {
            assertThat(token.revokedAt()).isEqualTo(MIDNIGHT.plusSeconds(1));
            assertThat(token.holds(MIDNIGHT.plusSeconds(2))).isFalse();
        });
        assertThatThrownBy(() -> store().tokens().revoke("watch", MIDNIGHT)).hasMessageContaining("already");
        assertThatThrownBy(() -> store().tokens().revoke("other", MIDNIGHT)).hasMessageContaining("none of this name");
    }

    @Test
    void noTwoTokensEverHaveTheSameName() {
        store().tokens().add("watch", Role.READER, DIGEST, MIDNIGHT, null);
        store().tokens().revoke("watch", MIDNIGHT);
        assertThatThrownBy(() -> store().tokens().add("watch", Role.ADMIN, "cd".repeat(32), MIDNIGHT, null))
                .hasMessageContaining("there is or was one of this name");
        assertThatThrownBy(() -> store().tokens().add("<b>", Role.ADMIN, "cd".repeat(32), MIDNIGHT, null))
                .hasMessageContaining("letters, digits");
    }

    @Test
    void theAuditLogIsReadFromItsEndInParts() {
        AuditLog audit = store().audit();
        for (int i = 1; i <= 5; i++) {
            audit.add(MIDNIGHT.plusSeconds(i), "token watch", "cancel", "cell " + i, "done");
        }
        assertThat(audit.newest(2, Long.MAX_VALUE)).extracting(AuditEntry::on).containsExactly("cell 5", "cell 4");
        long last = audit.newest(2, Long.MAX_VALUE).getLast().number();
        assertThat(audit.newest(9, last)).extracting(AuditEntry::on).containsExactly("cell 3", "cell 2", "cell 1");
        assertThat(audit.newest(1, Long.MAX_VALUE).getFirst())
                .isEqualTo(
                        new AuditEntry(last + 1, MIDNIGHT.plusSeconds(5), "token watch", "cancel", "cell 5", "done"));
    }

    @Test
    void whatIsTooLongForTheAuditLogIsCut() {
        store().audit().add(MIDNIGHT, "who\0", "what", "x".repeat(5_000), "done");
        AuditEntry entry = store().audit().newest(1, Long.MAX_VALUE).getFirst();
        assertThat(entry.on()).hasSize(AuditLog.MOST).endsWith("x…");
        assertThat(entry.who()).isEqualTo("who\ufffd");
    }
}
