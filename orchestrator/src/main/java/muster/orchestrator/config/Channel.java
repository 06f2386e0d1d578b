package muster.orchestrator.config;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom the service tells what happens.
 *
 * @param name what matrices call it
 * @param events what it is told of
 * @param daily when it is told, in the farm's zone, all of a day in one message; null for at once
 * @param way how it is reached
 */
public record Channel(
        String name, Set<Event> events, @Nullable LocalTime daily, Way way) {

    /** What happens; what matters most first. */
    public enum Event {
        /** A cell has new failures that failed again each time they were run again. */
        REGRESSION,
        /** A cell came to nothing by the farm's own fault, and is not tried again. */
        FARM_FAILURE,
        /** A matrix was due, and nothing was run of it. */
        NOT_RUN,
        /** A run has not ended in the time that its matrix gives it. */
        LATE,
        /** The last cell of a run has ended. */
        NIGHT_FINISHED;

        /** The word in files and messages, e.g. {@code night-finished}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #word}. */
        public static Event ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** How it is reached. */
    public sealed interface Way {}

    /**
     * By mail.
     *
     * @param server the host that takes the mail, and {@code port} where
     * @param user who logs in there, or null for nobody
     * @param passwordFile whose first line is the password, or null
     */
    public record Mail(
            String server,
            int port,
            Security security,
            @Nullable String user,
            @Nullable String passwordFile,
            String from,
            List<String> to)
            implements Way {

        /** How the way to the server is kept from others. */
        public enum Security {
            /** It is not. */
            NONE,
            /** TLS once the server was greeted; without it nothing is sent. */
            STARTTLS,
            /** TLS from the first byte. */
            TLS
        }
    }

    /**
     * By an HTTP request.
     *
     * @param url where it goes
     * @param secretFile whose first line signs it, or null for no signature
     */
    public record Webhook(String url, @Nullable String secretFile) implements Way {}

    /** By a program of the host, which is given the message. */
    public record Command(List<String> words) implements Way {}
}
