package dev.bellhop.listener.source.remote;

import java.net.URI;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.broker.BrokerTls;
import dev.bellhop.listener.broker.SecretKey;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.spi.source.SourceContext;

/// The requests by which a plug-in learns of an EventSource: `PUT` and `DELETE` of `URL/UID`.
///
/// @param eventsUrl where the plug-in is to post events
/// @param every     how often it is told
record Introduction(RemoteSettings settings, SourceContext context, String eventsUrl, Duration every) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Tells the plug-in what is wanted.
    Outgoing put() throws Unreachable {
        var document = new SourceDocument(new ObjectName(context.namespace(), context.name()), context.uid(),
                context.generation(), eventsUrl, every, settings.spec());
        return request("PUT", settings.url(), document.json().toString());
    }

    /// Tells the plug-in at `url` that nothing is wanted any more.
    Outgoing delete(URI url) throws Unreachable {
        return request("DELETE", url, "");
    }

    private Outgoing request(String method, URI url, String body) throws Unreachable {
        SecretReader secrets = context::secret;
        var headers = List.<Map.Entry<String, String>>of(
                new SimpleImmutableEntry<>("Authorization", "Bearer " + token(secrets)),
                new SimpleImmutableEntry<>("Content-Type", "application/json"));
        return Outgoing.to(URI.create(url + "/" + context.uid()), method, headers, body, TIMEOUT)
                .with(certificates(secrets));
    }

    private String token(SecretReader secrets) throws Unreachable {
        var token = secrets.read(settings.token());
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Unreachable("SecretUnusable", settings.token()
                    + " cannot be sent as a token: it may have letters, digits and signs of ASCII, and no white space");
        }
        return token;
    }

    private Optional<Outgoing.Certificates> certificates(SecretReader secrets) throws Unreachable {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        BrokerTls tls = settings.tls().get();
        var trusted = tls.ca().isPresent() ? Optional.of(secrets.read(tls.ca().get())) : Optional.<String>empty();
        var own = tls.client().isPresent()
                ? Optional.of(new Outgoing.KeyPair(secrets.read(new SecretKey(tls.client().get(), "tls.crt")),
                        secrets.read(new SecretKey(tls.client().get(), "tls.key"))))
                : Optional.<Outgoing.KeyPair>empty();
        return Optional.of(new Outgoing.Certificates(trusted, own));
    }
}
