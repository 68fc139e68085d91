package dev.bellhop.listener.outlet;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import dev.bellhop.listener.outlet.MailServer.Encryption;
import dev.bellhop.listener.outlet.MailServer.Login;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Outlet.Resolver;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// Hands e-mails to mail servers. Calls block and are meant for virtual threads.
public final class MailOutlet {
    private static final int MOST_SHOWN = 200;

    private final AllowedUrls allowed;
    private final Addresses addresses;

    /// Sends where `allowed` lets it.
    public MailOutlet(AllowedUrls allowed) {
        this(allowed, host -> List.of(InetAddress.getAllByName(host)));
    }

    /// The same with addresses from `resolver`.
    MailOutlet(AllowedUrls allowed, Resolver resolver) {
        this.allowed = allowed;
        this.addresses = new Addresses(resolver);
    }

    /// What a mail server said.
    public sealed interface Handed {
        /// It has the letter.
        record Over() implements Handed {}

        /// It does not take it; `code` is SMTP's: from 500 it will not take it later either.
        record Refused(int code, String why) implements Handed {}
    }

    /// Hands `letter` over to `server`.
    ///
    /// @throws NotAllowed               when it may not be sent there
    /// @throws IllegalArgumentException when the host cannot be one
    /// @throws IOException              when the server does not answer in time, or not as a mail server that can be trusted does
    public Handed send(MailServer server, Letter letter) throws NotAllowed, IOException, InterruptedException {
        var url = server.url();
        var objection = allowed.objectionToMail(url);
        if (objection.isPresent()) {
            throw new NotAllowed(objection.get());
        }
        var address = addresses.of(url, allowed.isNamed(url), server.toString());
        try (var socket = new Socket(); var _ = new Deadline(server.timeout(), socket)) {
            return send(server, letter, address, socket);
        } catch (AuthenticationFailedException e) {
            // What the server says of it may be what it was told.
            return new Handed.Refused(code(e).orElse(454), "it refuses the user or the password");
        } catch (MessagingException e) {
            var code = code(e);
            if (code.isPresent()) {
                return new Handed.Refused(code.get(), brief(e));
            }
            throw failed(server, e);
        } catch (IOException e) {
            throw failed(server, e);
        }
    }

    private static Handed send(MailServer server, Letter letter, InetAddress address, Socket socket)
            throws IOException, MessagingException {
        int timeout = (int) server.timeout().toMillis();
        socket.connect(new InetSocketAddress(address, server.port()), timeout);
        socket.setSoTimeout(timeout);
        var tls = sockets(server);
        var session = Session.getInstance(properties(server, socket, tls));
        var message = letter.message(session);
        try (var transport = new SMTPTransport(session, new URLName("smtp", server.host(), server.port(), null,
                server.login().map(Login::user).orElse(null), server.login().map(Login::password).orElse(null)))) {
            transport.connect(server.encryption() == Encryption.TLS ? encrypted(server, socket, tls) : socket);
            transport.sendMessage(message, message.getAllRecipients());
            return new Handed.Over();
        }
    }

    private static Properties properties(MailServer server, Socket socket, SSLSocketFactory tls) {
        var properties = new Properties();
        boolean starttls = server.encryption() == Encryption.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        properties.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        // The name of a Pod means nothing outside; an address literal is what RFC 5321 has for that.
        var own = socket.getLocalAddress();
        properties.setProperty("mail.smtp.localhost",
                "[" + (own instanceof Inet6Address ? "IPv6:" : "") + own.getHostAddress().replaceAll("%.*", "") + "]");
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }

    private static SSLSocketFactory sockets(MailServer server) {
        try {
            return (server.trust().isPresent() ? server.trust().get() : SSLContext.getDefault()).getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static Socket encrypted(MailServer server, Socket socket, SSLSocketFactory tls) throws IOException {
        var encrypted = (SSLSocket) tls.createSocket(socket, server.host(), server.port(), true);
        var parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    /// SMTP's code for what went wrong; empty when it was no answer of the server.
    private static Optional<Integer> code(MessagingException failure) {
        for (Exception e = failure; e != null; e = e instanceof MessagingException one
                ? one.getNextException()
                : null) {
            int code = switch (e) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code >= 400) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static IOException failed(MailServer server, Exception e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new IOException(server + " did not take the mail: " + brief(e), e);
    }

    /// The innermost reason, on one line.
    private static String brief(Exception failure) {
        Throwable reason = failure;
        while (reason instanceof MessagingException one && one.getNextException() != null) {
            reason = one.getNextException();
        }
        var text = String.valueOf(reason.getMessage()).strip().replaceAll("\\p{Cntrl}+", " ");
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    /// Closes a socket when its time is over: a server that says a word now and then would otherwise keep it for ever.
    private static final class Deadline implements AutoCloseable {
        private final Thread timer;

        Deadline(Duration timeout, Socket socket) {
            timer = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(timeout);
                    socket.close();
                } catch (InterruptedException | IOException e) {
                    // It is over, one way or another.
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            timer.interrupt();
        }
    }
}
