package dev.bellhop.listener.broker.nats;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.NatsAuthSpec;
import dev.bellhop.listener.broker.BrokerTls;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.SecretKey;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.Unreachable;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

/// Where NATS servers are, and how one gets in.
///
/// @param servers URLs, without credentials
/// @param login   who one is
/// @param tls     how it is encrypted, if it is
public record NatsAccess(List<String> servers, NatsLogin login, Optional<BrokerTls> tls) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final int PORT = 4222;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    public NatsAccess {
        servers = List.copyOf(servers);
    }

    /// What the fields of a spec say; problems go to `checks`.
    public static NatsAccess of(@Nullable String url, @Nullable NatsAuthSpec auth, @Nullable BrokerTlsSpec tls,
            FieldChecks checks) {
        var servers = new ArrayList<String>();
        boolean encrypted = false;
        for (var part : checks.required("url", url, "nats://nats.nats:4222").split(",")) {
            var server = part.strip();
            if (!server.isEmpty()) {
                encrypted |= server.startsWith("tls://");
                problem(server).ifPresentOrElse(why -> checks.refuse("url", why), () -> servers.add(server));
            }
        }
        var wanted = checks.tls("tls", tls);
        if (wanted.isEmpty() && encrypted) {
            wanted = Optional.of(new BrokerTls(Optional.empty(), Optional.empty()));
        }
        return new NatsAccess(servers, NatsLogin.of(auth, checks), wanted);
    }

    private static Optional<String> problem(String server) {
        try {
            var uri = new URI(server.contains("://") ? server : "nats://" + server);
            if (uri.getRawUserInfo() != null) {
                return Optional
                        .of("holds credentials, which do not belong there; keep them in a Secret and name it in auth");
            }
            if (!uri.getScheme().equals("nats") && !uri.getScheme().equals("tls")) {
                return Optional.of("'" + server + "' must begin with nats:// or tls://");
            }
            return uri.getHost() == null
                    ? Optional.of("'" + server + "' names no host; write it as nats://nats.nats:4222")
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("'" + server + "' is no URL; write it as nats://nats.nats:4222");
        }
    }

    /// What it reads of Secrets.
    public Stream<SecretKey> secrets() {
        return Stream.concat(login.secret().stream(), tls.stream().flatMap(BrokerTls::secrets));
    }

    /// Connects, and blocks until that is done. Afterwards the connection holds by itself, for ever, unless the servers
    /// refuse the login: then it ends closed, and a new one reads the Secrets again.
    ///
    /// @param name    what the servers call the connection
    /// @param watcher hears how it fares
    public Connection connect(String name, SecretReader secrets, NatsWatcher watcher)
            throws Unreachable, InterruptedException {
        var options = new Options.Builder().servers(servers.toArray(String[]::new)).connectionName(name)
                .connectionTimeout(TIMEOUT).pingInterval(PING).maxReconnects(-1)
                // Certificates are for names, so they are not to be turned into addresses.
                .hostnameResolveMode(Options.HostnameResolveMode.ResolveToFirst)
                .reconnectDelayHandler(NatsAccess::pause)
                .connectionListener(watcher).errorListener(watcher);
        login.into(options, secrets);
        if (tls.isPresent()) {
            options.sslContext(new NameCheckingContext(tls.get().context(secrets), hosts()));
        }
        try {
            return Nats.connect(options.build());
        } catch (AuthenticationException e) {
            throw new Unreachable("AuthenticationFailed", "NATS at " + where() + " refuses the login; check auth", e);
        } catch (IOException e) {
            throw new Unreachable("Unreachable", "NATS at " + where() + " cannot be reached" + watcher.lastProblem(),
                    e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Unreachable("Unusable", "NATS at " + where() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// The servers, for messages.
    public String where() {
        return String.join(", ", servers);
    }

    /// The servers as `nats://host:port/`.
    public List<String> named() {
        return servers.stream().map(NatsAccess::uri)
                .map(uri -> "nats://" + uri.getHost() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort()) + "/")
                .toList();
    }

    private List<String> hosts() {
        return servers.stream().map(NatsAccess::uri).map(URI::getHost).toList();
    }

    private static URI uri(String server) {
        return URI.create(server.contains("://") ? server : "nats://" + server);
    }

    private static Duration pause(long round) {
        long longest = Math.min(LONGEST_WAIT_MILLIS, 100L << Math.min(round, 10));
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}
