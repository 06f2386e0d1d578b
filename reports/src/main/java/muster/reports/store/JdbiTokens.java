package muster.reports.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import muster.reports.Role;
import muster.reports.Token;
import muster.reports.Tokens;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tokens, in the table {@code token}. */
final class JdbiTokens implements Tokens {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}";

    private final Connections connections;

    JdbiTokens(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Token add(String name, Role role, String digest, Instant at, @Nullable Instant expires) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("cannot name a token '" + name
                    + "': a name is letters, digits and . _ + -, beginning with a letter or digit, at most 100");
        }
        return connections.write(handle -> {
            if (one(handle, "name", name).isPresent()) {
                throw new IllegalArgumentException("cannot create the token '" + name
                        + "': there is or was one of this name; take another, so that the audit log stays clear");
            }
            handle.execute(
                    "INSERT INTO token (name, role, digest, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                    name,
                    role.word(),
                    digest,
                    at.toEpochMilli(),
                    expires == null ? null : (Long) expires.toEpochMilli());
            return one(handle, "name", name).orElseThrow();
        });
    }

    @Override
    public void revoke(String name, Instant at) {
        connections.change(handle -> {
            Token token = one(handle, "name", name)
                    .orElseThrow(() -> new IllegalArgumentException("cannot revoke the token '" + name
                            + "': there is none of this name; see 'muster token list'"));
            if (token.revokedAt() != null) {
                throw new IllegalArgumentException(
                        "cannot revoke the token '" + name + "': it was revoked already, at " + token.revokedAt());
            }
            handle.execute("UPDATE token SET revoked_at = ? WHERE name = ?", at.toEpochMilli(), name);
        });
    }

    @Override
    public Optional<Token> ofDigest(String digest) {
        return connections.look(handle -> one(handle, "digest", digest));
    }

    @Override
    public List<Token> all() {
        return connections.look(handle -> handle.createQuery("SELECT * FROM token ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    private static Optional<Token> one(Handle handle, String column, String value) {
        return handle.createQuery("SELECT * FROM token WHERE " + column + " = :value")
                .bind("value", value)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Token read(ResultSet row) throws SQLException {
        return new Token(
                row.getString("name"),
                Role.ofWord(row.getString("role")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row.getObject("expires_at", Long.class)),
                instant(row.getObject("revoked_at", Long.class)));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
