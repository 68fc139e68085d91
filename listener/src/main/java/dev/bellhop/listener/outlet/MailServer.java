package dev.bellhop.listener.outlet;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A mail server, and how it is talked to.
///
/// @param login   who one is to it
/// @param trust   what its certificate is checked with; absent: what Java trusts
/// @param timeout for all of it together
public record MailServer(String host, int port, Encryption encryption, Optional<Login> login,
        Optional<SSLContext> trust, Duration timeout) {
    /// How the connection is encrypted.
    public enum Encryption {
        /// It begins in the clear; nothing is told before it is encrypted.
        STARTTLS,
        /// From its first byte.
        TLS,
        /// Not at all.
        NONE
    }

    /// A user and the password.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + ", ***]";
        }
    }

    /// As admins name it: `smtp://mail.example.com:587/`.
    ///
    /// @throws IllegalArgumentException when the host cannot be one
    URI url() {
        try {
            var url = new URI("smtp", null, host, port, "/", null, null);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + host + "' is no host: " + e.getReason(), e);
        }
        throw new IllegalArgumentException("'" + host + "' is no host");
    }

    @Override
    public String toString() {
        return "smtp://" + host + ":" + port;
    }
}
