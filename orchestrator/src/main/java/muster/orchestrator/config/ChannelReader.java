package muster.orchestrator.config;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Reads whom the service tells what happens. */
final class ChannelReader {

    private static final List<String> WAYS = List.of("mail", "webhook", "command");

    private ChannelReader() {}

    static SequencedMap<String, Channel> read(Section notify, Problems problems) {
        SequencedMap<String, Channel> all = new LinkedHashMap<>();
        notify.sectionsByName("channels").forEach((name, section) -> {
            List<String> ways = WAYS.stream().filter(section::has).toList();
            if (ways.size() == 1) {
                all.put(name, channel(name, section));
            } else {
                problems.add(
                        section.place(),
                        ways.isEmpty()
                                ? "nothing says how '" + name + "' is reached"
                                : "'" + name + "' is reached in several ways",
                        "one of " + String.join(", ", WAYS) + "; for two, make two channels");
            }
        });
        return all;
    }

    private static Channel channel(String name, Section section) {
        EnumSet<Channel.Event> events = EnumSet.noneOf(Channel.Event.class);
        section.strings("events").forEach(word -> events.add(Channel.Event.ofWord(word)));
        return new Channel(
                name, events, section.optional("daily", LocalTime::parse).orElse(null), way(section));
    }

    private static Channel.Way way(Section section) {
        if (section.has("mail")) {
            return mail(section.section("mail"));
        }
        if (section.has("webhook")) {
            Section webhook = section.section("webhook");
            return new Channel.Webhook(
                    webhook.string("url"), webhook.optionalString("secret-file").orElse(null));
        }
        return new Channel.Command(new ArrayList<>(section.strings("command")));
    }

    private static Channel.Mail mail(Section mail) {
        return new Channel.Mail(
                mail.string("server"),
                mail.whole("port"),
                Channel.Mail.Security.valueOf(mail.string("security").toUpperCase(Locale.ROOT)),
                mail.optionalString("user").orElse(null),
                mail.optionalString("password-file").orElse(null),
                mail.string("from"),
                mail.strings("to"));
    }
}
