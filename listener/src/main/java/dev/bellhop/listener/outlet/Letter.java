package dev.bellhop.listener.outlet;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/// An e-mail of plain text.
///
/// @param id        the same for every try, so that who gets it twice can tell
/// @param from      one address
/// @param to        at least one, one address each
/// @param subject   of one line
public record Letter(String id, Instant time, InternetAddress from, List<InternetAddress> to, String subject,
        String text) {
    public Letter {
        to = List.copyOf(to);
        // Values may come from an event, and must not become headers of their own.
        subject = subject.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    /// Reads one address, with or without a name before it.
    ///
    /// @throws IllegalArgumentException when it is none, or more than one
    public static InternetAddress address(String written) {
        try {
            if (written.chars().noneMatch(Character::isISOControl)) {
                var address = new InternetAddress(written, true);
                if (!address.isGroup()) {
                    address.validate();
                    return address;
                }
            }
        } catch (AddressException e) {
            throw new IllegalArgumentException("'" + written + "' is not one e-mail address: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("a text with control characters, or a group, is not one e-mail address");
    }

    MimeMessage message(Session session) throws MessagingException {
        var message = new Fixed(session, id);
        message.setFrom(from);
        message.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        message.setSentDate(Date.from(time));
        // So that nobody's absence note answers it (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    /// With an id of its own instead of a random one.
    private static final class Fixed extends MimeMessage {
        private final String id;

        Fixed(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }
}
