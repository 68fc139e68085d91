package dev.bellhop.listener.broker.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.KafkaSaslSpec;
import dev.bellhop.listener.broker.BrokerTls;
import dev.bellhop.listener.broker.Causes;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.SecretKey;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.Unreachable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/// Where Kafka brokers are, and how one gets in.
///
/// @param brokers `host:port`, those to begin with
/// @param login   who one is, if anybody
/// @param tls     how it is encrypted, if it is
public record KafkaAccess(List<String> brokers, Optional<Login> login, Optional<BrokerTls> tls) {
    /// Which login module of Kafka's a mechanism needs.
    private static final Map<String, String> MECHANISMS = mechanisms();

    public KafkaAccess {
        brokers = List.copyOf(brokers);
    }

    /// A user with a password.
    ///
    /// @param mechanism one that Kafka knows, such as `SCRAM-SHA-512`
    public record Login(String mechanism, String user, SecretKey password) {}

    /// What the fields of a spec say; problems go to `checks`.
    public static KafkaAccess of(List<String> bootstrapServers, @Nullable KafkaSaslSpec sasl,
            @Nullable BrokerTlsSpec tls,
            FieldChecks checks) {
        if (bootstrapServers.isEmpty()) {
            checks.refuse("bootstrapServers", "must name a broker, such as kafka.kafka:9092");
        }
        for (int i = 0; i < bootstrapServers.size(); i++) {
            if (!bootstrapServers.get(i).strip().matches("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}")) {
                checks.refuse("bootstrapServers[" + i + "]",
                        "'" + bootstrapServers.get(i) + "' must be a host and a port, such as kafka.kafka:9092");
            }
        }
        return new KafkaAccess(bootstrapServers.stream().map(String::strip).toList(), login(sasl, checks),
                checks.tls("tls", tls));
    }

    private static Optional<Login> login(@Nullable KafkaSaslSpec sasl, FieldChecks checks) {
        if (sasl == null) {
            return Optional.empty();
        }
        var mechanism = checks.required("sasl.mechanism", sasl.mechanism(), "SCRAM-SHA-512");
        if (!mechanism.isEmpty() && !MECHANISMS.containsKey(mechanism)) {
            checks.refuse("sasl.mechanism",
                    "'" + mechanism + "' must be one of " + String.join(", ", MECHANISMS.keySet()));
        }
        var user = checks.required("sasl.user", sasl.user(), "bellhop");
        var password = checks.secret("sasl.passwordSecret", sasl.passwordSecret());
        if (password.isEmpty()) {
            checks.refuse("sasl.passwordSecret", "must be given");
        }
        return password.map(key -> new Login(mechanism, user, key));
    }

    /// What it reads of Secrets.
    public Stream<SecretKey> secrets() {
        return Stream.concat(login.stream().map(Login::password), tls.stream().flatMap(BrokerTls::secrets));
    }

    /// What a client of Kafka's needs to get in.
    ///
    /// @param client what the brokers call it
    public Map<String, Object> settings(String client, SecretReader secrets) throws Unreachable {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("bootstrap.servers", String.join(",", brokers));
        settings.put("client.id", client);
        settings.put("reconnect.backoff.max.ms", 10_000);
        settings.put("retry.backoff.max.ms", 5_000);
        // A tenant's client registers nothing with the process, and tells the brokers nothing of it.
        settings.put("metric.reporters", "");
        settings.put("enable.metrics.push", false);
        settings.put("security.protocol", (login.isPresent() ? "SASL_" : "") + (tls.isPresent() ? "SSL" : "PLAINTEXT"));
        if (tls.isPresent()) {
            settings.putAll(tls.get().kafka(secrets));
        }
        if (login.isPresent()) {
            var user = login.get();
            settings.put("sasl.mechanism", user.mechanism());
            settings.put("sasl.jaas.config", MECHANISMS.get(user.mechanism()) + " required username="
                    + quoted(user.user()) + " password=" + quoted(secrets.read(user.password())) + ";");
        }
        return settings;
    }

    /// What a failure of Kafka's client means.
    public Unreachable told(KafkaException failure) {
        return switch (failure) {
            case SslAuthenticationException e -> new Unreachable("TlsFailed",
                    "TLS with Kafka at " + where() + " fails: " + Causes.told(e), e);
            case AuthenticationException e -> new Unreachable("AuthenticationFailed",
                    "Kafka at " + where() + " refuses the login; check sasl: " + Causes.told(e), e);
            case AuthorizationException e -> new Unreachable("Forbidden",
                    "Kafka at " + where() + " does not allow it: " + Causes.told(e), e);
            default -> new Unreachable("Unreachable", "Kafka at " + where() + ": " + Causes.told(failure), failure);
        };
    }

    /// The brokers as `kafka://host:port/`.
    public List<String> named() {
        return brokers.stream().map(broker -> "kafka://" + broker + "/").toList();
    }

    /// The brokers, for messages.
    public String where() {
        return String.join(", ", brokers);
    }

    /// As the configuration of a JAAS login module reads a text.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Map<String, String> mechanisms() {
        var scram = "org.apache.kafka.common.security.scram.ScramLoginModule";
        var mechanisms = new LinkedHashMap<String, String>();
        mechanisms.put("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule");
        mechanisms.put("SCRAM-SHA-256", scram);
        mechanisms.put("SCRAM-SHA-512", scram);
        return mechanisms;
    }
}
