package dev.bellhop.engine.action;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.HttpAuth;
import dev.bellhop.api.action.SecretHeader;
import dev.bellhop.api.action.TlsSpec;
import dev.bellhop.api.secret.SecretKeyRef;
import dev.bellhop.engine.policy.GoDuration;
import org.jspecify.annotations.Nullable;

/// What can be seen to be wrong with single fields of actions. A value that holds expressions is left alone.
final class FieldCheck {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private final List<String> problems = new ArrayList<>();

    List<String> problems() {
        return problems;
    }

    void secretHeaders(String field, @Nullable List<SecretHeader> headers) {
        if (headers == null) {
            return;
        }
        for (int i = 0; i < headers.size(); i++) {
            var at = field + "[" + i + "]";
            if (present(at + ".name", headers.get(i).name())) {
                headerName(at + ".name", Objects.requireNonNullElse(headers.get(i).name(), ""));
            }
            secret(at + ".secretRef", headers.get(i).secretRef());
        }
    }

    void auth(String field, @Nullable HttpAuth auth) {
        if (auth == null) {
            return;
        }
        boolean basic = auth.basicSecretName() != null && !auth.basicSecretName().isEmpty();
        if (basic == (auth.bearer() != null)) {
            problem(field, basic
                    ? "has both basicSecretName and bearer: write one of them"
                    : "is empty: write basicSecretName or bearer");
        } else if (!basic) {
            secret(field + ".bearer", auth.bearer());
        }
    }

    void secret(String field, @Nullable SecretKeyRef ref) {
        if (ref == null) {
            problem(field, "is missing: write secretName and secretKey");
            return;
        }
        present(field + ".secretName", ref.secretName());
        present(field + ".secretKey", ref.secretKey());
    }

    void headerName(String field, String name) {
        if (!isComputed(name) && !name.matches(HEADER_NAME)) {
            problem(field, "'" + name + "' cannot be the name of a header");
        }
    }

    void url(String field, @Nullable String url) {
        if (!present(field, url) || url == null || isComputed(url)) {
            return;
        }
        try {
            var uri = new URI(url);
            var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
            if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
                problem(field, "'" + url + "' must be an http or https URL with a host");
            } else if (uri.getUserInfo() != null) {
                problem(field, "holds a user; write auth.basicSecretName");
            }
        } catch (URISyntaxException e) {
            problem(field, "'" + url + "' is no URL: " + e.getMessage());
        }
    }

    void timeout(String field, @Nullable String written) {
        if (written == null || isComputed(written)) {
            return;
        }
        var timeout = GoDuration.parse(written);
        if (timeout.isEmpty() || timeout.get().compareTo(SHORTEST_TIMEOUT) < 0
                || timeout.get().compareTo(LONGEST_TIMEOUT) > 0) {
            problem(field, "'" + written + "' must be from 1s to 60s; " + GoDuration.WAY_OUT);
        }
    }

    void oneOf(String field, @Nullable String written, Set<String> allowed) {
        if (written != null && !isComputed(written) && !allowed.contains(written)) {
            problem(field, "'" + written + "' must be one of " + String.join(", ", allowed.stream().sorted().toList()));
        }
    }

    boolean present(String field, @Nullable String value) {
        if (Optional.ofNullable(value).orElse("").isBlank()) {
            problem(field, "is missing");
            return false;
        }
        return true;
    }

    static boolean isComputed(JsonNode value) {
        return value.isTextual() && isComputed(value.textValue());
    }

    static boolean isComputed(String value) {
        return value.contains(Pieces.OPEN);
    }

    void problem(String field, String why) {
        problems.add(field + " " + why);
    }

    void tls(String field, @Nullable TlsSpec tls) {
        if (tls != null) {
            present(field + ".secretName", tls.secretName());
        }
    }

    void range(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            problem(field, value + " must be from " + least + " to " + most);
        }
    }

    /// Exactly one of `fields` is given.
    void exactlyOne(String field, List<String> fields, List<Boolean> given) {
        var there = new ArrayList<String>();
        for (int i = 0; i < fields.size(); i++) {
            if (given.get(i)) {
                there.add(fields.get(i));
            }
        }
        if (there.size() != 1) {
            problem(field, there.isEmpty()
                    ? "says nothing: write one of " + String.join(", ", fields)
                    : "has " + String.join(" and ", there) + ": write one of them");
        }
    }
}
