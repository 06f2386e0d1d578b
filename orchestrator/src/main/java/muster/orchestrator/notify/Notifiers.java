package muster.orchestrator.notify;

import java.time.Clock;
import muster.orchestrator.config.Channel;

/** All ways to tell people there are: one line each. */
final class Notifiers {

    private Notifiers() {}

    static Notifier of(Channel.Way way, Clock clock) {
        return switch (way) {
            case Channel.Mail mail -> new MailNotifier(mail, clock);
            case Channel.Webhook webhook -> new WebhookNotifier(webhook, clock);
            case Channel.Command command -> new CommandNotifier(command, clock);
        };
    }
}
