package dev.bellhop.listener;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import dev.bellhop.listener.broker.Certificates;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server at `localhost`: keeps what it gets, and knows a user `ann` with the password `s3cret`.
final class PostOffice implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SMTPServer server;
    private final List<Mail> received = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<RejectException> refusals = new ConcurrentLinkedQueue<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    /// One mail, as the envelope addresses it.
    record Mail(String from, List<String> to, MimeMessage message) {
        String header(String name) throws MessagingException {
            return String.join(",", message.getHeader(name));
        }

        String text() throws MessagingException, IOException {
            return String.valueOf(message.getContent()).strip();
        }
    }

    /// How one talks to it.
    enum Door {
        STARTTLS_AND_LOGIN, TLS_AND_LOGIN, PLAIN
    }

    PostOffice(Door door, Certificates.Signed certificate) throws IOException, GeneralSecurityException {
        var builder = new SMTPServer.Builder().bindAddress(InetAddress.getLoopbackAddress()).hostName("localhost")
                .port(freePort()).messageHandlerFactory(_ -> new Desk());
        if (door != Door.PLAIN) {
            builder.requireAuth()
                    .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, _) -> {
                        logins.add(user);
                        if (!user.equals("ann") || !password.equals("s3cret")) {
                            throw new LoginFailedException("no such user with " + password);
                        }
                    }));
        }
        if (door == Door.STARTTLS_AND_LOGIN) {
            builder.requireTLS().startTlsSocketFactory(context(certificate));
        } else if (door == Door.TLS_AND_LOGIN) {
            builder.serverSocketFactory(context(certificate));
        }
        server = builder.build();
        server.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static SSLContext context(Certificates.Signed certificate) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        try (InputStream store = Files.newInputStream(certificate.keyStore())) {
            var keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(store, PASSWORD);
            keys.init(keyStore, PASSWORD);
        }
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// Takes one mail in.
    private final class Desk implements MessageHandler {
        private final List<String> to = new ArrayList<>();
        private String from = "";

        @Override
        public void from(String sender) {
            from = sender;
        }

        @Override
        public void recipient(String recipient) {
            to.add(recipient);
        }

        @Override
        public @Nullable String data(InputStream content) throws RejectException, IOException {
            try {
                var mail = new Mail(from, List.copyOf(to),
                        new MimeMessage(Session.getInstance(new Properties()), content));
                offered.add(mail.header("Message-ID"));
                var refusal = refusals.poll();
                if (refusal != null) {
                    throw refusal;
                }
                received.add(mail);
                return null;
            } catch (MessagingException e) {
                throw new RejectException(554, "no mail: " + e.getMessage());
            }
        }

        @Override
        public void done() {}
    }

    /// The next mail is refused so.
    void refuse(int code, String why) {
        refusals.add(new RejectException(code, why));
    }

    List<Mail> received() {
        return List.copyOf(received);
    }

    /// The ids of what it took and what it refused.
    List<String> offered() {
        return List.copyOf(offered);
    }

    List<String> logins() {
        return List.copyOf(logins);
    }

    int port() {
        return server.getPort();
    }

    /// As an admin names it.
    String url() {
        return "smtp://localhost:" + port() + "/";
    }

    void clear() {
        received.clear();
        refusals.clear();
        offered.clear();
        logins.clear();
    }

    @Override
    public void close() {
        server.stop();
    }
}
