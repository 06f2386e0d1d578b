package muster.orchestrator.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Knows the one host key that a guest was given, and learns no other. */
final class OneHostKey implements HostKeyRepository {

    private final byte[] key;

    /** @param line the public key: type, base64, comment */
    OneHostKey(String line) {
        String[] words = line.strip().split(" +", -1);
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "cannot read the public key '" + line + "': expected TYPE BASE64 COMMENT");
        }
        this.key = Base64.getDecoder().decode(words[1]);
    }

    @Override
    public int check(String host, byte[] offered) {
        return Arrays.equals(key, offered) ? OK : CHANGED;
    }

    @Override
    public void add(HostKey hostKey, UserInfo person) {
        throw new IllegalStateException("cannot learn a host key: each guest's is known beforehand");
    }

    @Override
    public void remove(String host, @Nullable String type) {
        throw new IllegalStateException("cannot forget a host key");
    }

    @Override
    public void remove(String host, @Nullable String type, byte @Nullable [] gone) {
        throw new IllegalStateException("cannot forget a host key");
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "the guest's seed";
    }

    @Override
    public HostKey[] getHostKey() {
        return getHostKey(null, null);
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        try {
            return new HostKey[] {new HostKey(host == null ? "guest" : host, key)};
        } catch (JSchException e) {
            throw new IllegalStateException(e);
        }
    }
}
