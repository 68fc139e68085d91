package dev.bellhop.listener.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.secret.SecretKeyRef;
import dev.bellhop.engine.policy.GoDuration;
import org.jspecify.annotations.Nullable;

/// Checks the fields of a spec and collects every problem; what is wrong reads as its default meanwhile. Not safe for several
/// threads.
public final class FieldChecks {
    private final List<String> problems = new ArrayList<>();

    /// All problems so far, each naming its field.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Something is wrong with a field.
    public void refuse(String field, String why) {
        problems.add(field + ": " + why);
    }

    /// A text that must be there; empty if it is not.
    public String required(String field, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            refuse(field, "must be given, such as " + example);
            return "";
        }
        return value.strip();
    }

    /// What one of several words stands for, or `standard`.
    public <T> T oneOf(String field, @Nullable String value, Map<String, T> words, String standard) {
        var known = words.get(value == null ? standard : value);
        if (known == null) {
            refuse(field, "'" + value + "' must be one of " + String.join(", ", words.keySet()));
            return Objects.requireNonNull(words.get(standard));
        }
        return known;
    }

    /// A length of time from `least` on.
    public Duration duration(String field, @Nullable String value, Duration least, Duration standard) {
        if (value == null) {
            return standard;
        }
        var duration = GoDuration.parse(value);
        if (duration.isEmpty()) {
            refuse(field, "'" + value + "' is no length of time; " + GoDuration.WAY_OUT);
        } else if (duration.get().compareTo(least) < 0) {
            refuse(field, "'" + value + "' must be at least " + least.toMillis() + "ms");
        }
        return duration.orElse(standard);
    }

    /// A number from `least` to `most`.
    public int number(String field, @Nullable Integer value, int least, int most, int standard) {
        if (value == null) {
            return standard;
        }
        if (value < least || value > most) {
            refuse(field, value + " must be from " + least + " to " + most);
            return standard;
        }
        return value;
    }

    /// A key of a Secret, if one is named.
    public Optional<SecretKey> secret(String field, @Nullable SecretKeyRef ref) {
        if (ref == null) {
            return Optional.empty();
        }
        return Optional.of(new SecretKey(required(field + ".secretName", ref.secretName(), "broker-login"),
                required(field + ".secretKey", ref.secretKey(), "password")));
    }

    /// TLS, if it is wanted.
    public Optional<BrokerTls> tls(String field, @Nullable BrokerTlsSpec tls) {
        if (tls == null) {
            return Optional.empty();
        }
        return Optional.of(new BrokerTls(secret(field + ".caSecret", tls.caSecret()),
                Optional.ofNullable(tls.clientSecretName()).filter(name -> !name.isBlank())));
    }

    /// Whether messages that are CloudEvents are unwrapped.
    public boolean cloudEvents(@Nullable String value) {
        return either("cloudEvents", value, "detect", "off");
    }

    /// Whether a field says the first of two words, which is the default.
    public boolean either(String field, @Nullable String value, String first, String second) {
        var words = new LinkedHashMap<String, Boolean>();
        words.put(first, true);
        words.put(second, false);
        return oneOf(field, value, words, first);
    }
}
