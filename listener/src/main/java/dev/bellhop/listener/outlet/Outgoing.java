package dev.bellhop.listener.outlet;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A request to the world outside. Prints nothing of headers, query and body: they may hold secrets.
///
/// @param headers  in this order
/// @param body     sent as UTF-8; empty for none
/// @param timeout  for everything together, the body of the answer included
/// @param own      whether Bellhop itself made the URL: its address is looked at all the same, but not the admin's list
/// @param isSecret whether the URL is a secret from its path on
public record Outgoing(String method, URI url, List<Map.Entry<String, String>> headers, String body, Duration timeout,
        Optional<Certificates> certificates, boolean own, boolean isSecret) {
    public Outgoing {
        headers = List.copyOf(headers);
    }

    /// A request to a URL that somebody wrote.
    public static Outgoing to(URI url, String method, List<Map.Entry<String, String>> headers, String body,
            Duration timeout) {
        return new Outgoing(method, url, headers, body, timeout, Optional.empty(), false, false);
    }

    /// The same with certificates.
    public Outgoing with(Optional<Certificates> others) {
        return new Outgoing(method, url, headers, body, timeout, others, own, isSecret);
    }

    /// The same to a URL that Bellhop made.
    public Outgoing ofOurOwn() {
        return new Outgoing(method, url, headers, body, timeout, certificates, true, isSecret);
    }

    /// The same with a URL of which nobody is to see more than the host.
    public Outgoing secret() {
        return new Outgoing(method, url, headers, body, timeout, certificates, own, true);
    }

    /// Certificates of one connection, as PEM.
    ///
    /// @param trusted  whom to trust; empty: whom the Java runtime trusts
    /// @param own      our certificate and key
    public record Certificates(Optional<String> trusted, Optional<KeyPair> own) {}

    /// A certificate and its key.
    public record KeyPair(String certificate, String key) {
        @Override
        public String toString() {
            return "KeyPair[***]";
        }
    }

    /// The URL as people may see it: without user and query.
    String shown() {
        var path = isSecret ? "/…" : Objects.requireNonNullElse(url.getRawPath(), "");
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + path;
    }

    @Override
    public String toString() {
        return method + " " + shown();
    }
}
