package dev.bellhop.listener.source.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.PluginSourceSpec;
import dev.bellhop.listener.broker.BrokerTls;
import dev.bellhop.listener.broker.Checked;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.SecretKey;

/// What a sound [PluginSourceSpec] with a `url` says.
///
/// @param url   of the plug-in, without a slash at its end
/// @param token what plug-in and listener show each other
/// @param spec  the plug-in's own fields
public record RemoteSettings(URI url, SecretKey token, Optional<BrokerTls> tls, JsonNode spec) {
    private static final URI NOWHERE = URI.create("http://plugin.invalid");

    /// What a spec without problems says.
    ///
    /// @throws IllegalArgumentException when it has some
    public static RemoteSettings of(JsonNode plugin) {
        return read(plugin).sound();
    }

    static Checked<RemoteSettings> read(JsonNode plugin) {
        return Checked.of(plugin, PluginSourceSpec.class, RemoteSettings::of);
    }

    private static RemoteSettings of(PluginSourceSpec fields, FieldChecks checks) {
        if (fields.tokenSecret() == null) {
            checks.refuse("tokenSecret", "must name a key of a Secret, such as {secretName: ticker, secretKey:"
                    + " token}: without a token anybody could post events");
        }
        return new RemoteSettings(url(Objects.requireNonNullElse(fields.url(), ""), checks),
                checks.secret("tokenSecret", fields.tokenSecret()).orElseGet(() -> new SecretKey("", "")),
                checks.tls("tls", fields.tls()),
                Objects.requireNonNullElseGet(fields.spec(), JsonNodeFactory.instance::objectNode));
    }

    private static URI url(String written, FieldChecks checks) {
        try {
            var url = new URI(written.strip().replaceAll("/+$", ""));
            var scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme) && url.getHost() != null && url.getRawQuery() == null
                    && url.getRawFragment() == null && url.getRawUserInfo() == null) {
                return URI.create(url.toASCIIString());
            }
        } catch (URISyntaxException e) {
            checks.refuse("url", "'" + written + "' is none: " + e.getReason());
            return NOWHERE;
        }
        checks.refuse("url", "must be http or https with a host and without user, query and fragment, such as"
                + " http://ticker.team-a.svc");
        return NOWHERE;
    }
}
