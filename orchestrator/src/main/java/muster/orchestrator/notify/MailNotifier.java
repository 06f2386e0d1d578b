package muster.orchestrator.notify;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import muster.orchestrator.config.Channel;
import muster.orchestrator.config.SecretFile;

/** Tells by mail, as plain text. */
final class MailNotifier implements Notifier {

    private static final String LIMIT_MILLIS = "30000";

    private final Channel.Mail mail;
    private final Clock clock;

    MailNotifier(Channel.Mail mail, Clock clock) {
        this.mail = mail;
        this.clock = clock;
    }

    @Override
    public void send(Message message) throws IOException {
        Session session = Session.getInstance(properties());
        try {
            MimeMessage sent = new MimeMessage(session);
            sent.setFrom(new InternetAddress(mail.from()));
            for (String to : mail.to()) {
                sent.addRecipient(RecipientType.TO, new InternetAddress(to));
            }
            sent.setSubject(message.subject(), "UTF-8");
            sent.setSentDate(Date.from(clock.instant()));
            sent.setHeader("Auto-Submitted", "auto-generated");
            sent.setText(message.text(), "UTF-8");
            String user = mail.user();
            if (user == null) {
                Transport.send(sent);
            } else {
                String password = SecretFile.firstLine("the mail server's password", mail.passwordFile());
                Transport.send(sent, user, Objects.requireNonNullElse(password, ""));
            }
        } catch (MessagingException failed) {
            throw new IOException(
                    "cannot send mail by " + mail.server() + ":" + mail.port() + ": " + failed.getMessage(), failed);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mail.server());
        properties.setProperty("mail.smtp.port", Integer.toString(mail.port()));
        properties.setProperty("mail.smtp.auth", Boolean.toString(mail.user() != null));
        properties.setProperty("mail.smtp.connectiontimeout", LIMIT_MILLIS);
        properties.setProperty("mail.smtp.timeout", LIMIT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", LIMIT_MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (mail.security()) {
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }
}
