package dev.bellhop.listener.outlet;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request to the world outside. Prints nothing of headers, query and body: they may hold secrets.
///
/// @param headers in this order
/// @param body    sent as UTF-8; empty for none
/// @param timeout for everything together, the body of the answer included
/// @param trusted whether the URL comes from Bellhop itself, which looks at addresses all the same, but not at the admin's list
public record Outgoing(String method, URI url, List<Map.Entry<String, String>> headers, String body, Duration timeout,
        Optional<Certificates> certificates, boolean trusted) {
    public Outgoing {
        headers = List.copyOf(headers);
    }

    /// Certificates of one connection, as PEM.
    ///
    /// @param trusted  whom to trust; empty: whom the Java runtime trusts
    /// @param own      our certificate and key; both or none
    public record Certificates(Optional<String> trusted, Optional<KeyPair> own) {}

    /// A certificate and its key.
    public record KeyPair(String certificate, String key) {
        @Override
        public String toString() {
            return "KeyPair[***]";
        }
    }

    /// A URL as people may see it: without user and query.
    public static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    @Override
    public String toString() {
        return method + " " + shown(url);
    }
}
