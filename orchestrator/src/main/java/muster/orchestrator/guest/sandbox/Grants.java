package muster.orchestrator.guest.sandbox;

import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The addresses that a guest may reach, and what lies below them.
 *
 * @param targets address without a slash at its end, to that from which it is fetched
 */
record Grants(SortedMap<String, String> targets) {

    /** No user, no query, nothing encoded that would be a dot, a slash or a control character once decoded. */
    private static final Pattern PLAIN = Pattern.compile(
            "https?://[A-Za-z0-9.:-]{1,253}(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~+:=@,()!-]|%(?i:2b|3a|7e|20|40|25|5e|2c))*)*");

    /** From where an address is fetched; empty when it may not be. */
    Optional<String> target(String address) {
        if (!PLAIN.matcher(address).matches()) {
            return Optional.empty();
        }
        return targets.keySet().stream()
                .filter(prefix -> address.equals(prefix) || address.startsWith(prefix + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(prefix -> targets.get(prefix) + address.substring(prefix.length()));
    }
}
