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
import dev.bellhop.api.action.ActionKind;
import dev.bellhop.api.action.HttpAction;
import dev.bellhop.api.action.HttpAuth;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.api.action.LogAction;
import dev.bellhop.api.action.PublishAction;
import dev.bellhop.api.action.SecretHeader;
import dev.bellhop.api.action.SecretKeyRef;
import dev.bellhop.engine.policy.GoDuration;
import org.jspecify.annotations.Nullable;

/// What can be seen to be wrong with an action before any event comes. A value that holds expressions is left alone.
final class ActionCheck {
    private static final Set<String> OPERATIONS = Set.of("create", "apply", "patch", "update", "delete");
    private static final Set<String> PATCHES = Set.of("merge", "json", "strategic");
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private final List<String> problems = new ArrayList<>();

    private ActionCheck() {}

    /// The problems, each beginning with the field below the action's own: `.url is missing…`.
    static List<String> of(ActionKind fields) {
        var check = new ActionCheck();
        switch (fields) {
            case KubernetesAction kubernetes -> check.kubernetes(kubernetes);
            case HttpAction http -> check.http(http);
            case LogAction log -> check.log(log);
            case PublishAction publish -> check.publish(publish);
        }
        return check.problems;
    }

    private void kubernetes(KubernetesAction action) {
        if (action.object() == null || action.object().isNull()) {
            problem(".object", "is missing: write the object, or at least its apiVersion, kind and metadata.name");
        } else if (action.object().isObject()) {
            for (var field : List.of("apiVersion", "kind", "metadata")) {
                if (!action.object().has(field)) {
                    problem(".object." + field, "is missing");
                }
            }
        } else if (!isComputed(action.object())) {
            problem(".object", "must be an object, or one expression that gives one");
        }
        oneOf(".operation", action.operation(), OPERATIONS);
        if (action.patch() == null) {
            return;
        }
        oneOf(".patch.type", action.patch().type(), PATCHES);
        if (action.operation() != null && !isComputed(action.operation()) && !action.operation().equals("patch")) {
            problem(".patch", "is of no use: operation is " + action.operation());
        }
        var data = action.patch().data();
        boolean operations = "json".equals(action.patch().type());
        if (operations && (data == null || data.isNull())) {
            problem(".patch.data", "is missing: write a list of operations");
        } else if (data != null && !data.isNull() && !isComputed(data)
                && !(operations ? data.isArray() : data.isObject())) {
            problem(".patch.data", operations ? "must be a list of operations" : "must be an object");
        }
    }

    private void http(HttpAction action) {
        url(".url", action.url());
        var method = action.method();
        if (method != null && !isComputed(method) && !method.matches("[A-Z]{1,20}")) {
            problem(".method", "'" + method + "' must be a method in upper case, such as POST");
        }
        if (action.headers() != null) {
            for (var name : action.headers().keySet()) {
                headerName(".headers", name);
            }
        }
        secretHeaders(".secretHeaders", action.secretHeaders());
        auth(".auth", action.auth());
        if (action.tls() != null) {
            present(".tls.secretName", action.tls().secretName());
        }
        timeout(".timeout", action.timeout());
        if (action.successCodes() != null) {
            for (var code : action.successCodes()) {
                if (code < 200 || code > 599) {
                    problem(".successCodes", code + " is no final status code: 200 to 599");
                }
            }
        }
    }

    private void publish(PublishAction action) {
        var nats = action.nats();
        var kafka = action.kafka();
        if ((nats == null) == (kafka == null)) {
            problem("", nats == null ? "is empty: write nats or kafka" : "has both nats and kafka: write one of them");
        }
        if (nats != null) {
            present(".nats.url", nats.url());
            present(".nats.subject", nats.subject());
            timeout(".nats.timeout", nats.timeout());
        }
        if (kafka != null) {
            if (kafka.bootstrapServers() == null || kafka.bootstrapServers().isEmpty()) {
                problem(".kafka.bootstrapServers", "is missing");
            }
            present(".kafka.topic", kafka.topic());
            timeout(".kafka.timeout", kafka.timeout());
        }
    }

    private void log(LogAction action) {
        var seconds = action.intervalSeconds();
        if (seconds != null && (seconds < 0 || seconds > 86_400)) {
            problem(".intervalSeconds", seconds + " must be from 0 to 86400");
        }
    }

    private void secretHeaders(String field, @Nullable List<SecretHeader> headers) {
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

    private void auth(String field, @Nullable HttpAuth auth) {
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

    private void secret(String field, @Nullable SecretKeyRef ref) {
        if (ref == null) {
            problem(field, "is missing: write secretName and secretKey");
            return;
        }
        present(field + ".secretName", ref.secretName());
        present(field + ".secretKey", ref.secretKey());
    }

    private void headerName(String field, String name) {
        if (!isComputed(name) && !name.matches(HEADER_NAME)) {
            problem(field, "'" + name + "' cannot be the name of a header");
        }
    }

    private void url(String field, @Nullable String url) {
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

    private void timeout(String field, @Nullable String written) {
        if (written == null || isComputed(written)) {
            return;
        }
        var timeout = GoDuration.parse(written);
        if (timeout.isEmpty() || timeout.get().compareTo(SHORTEST_TIMEOUT) < 0
                || timeout.get().compareTo(LONGEST_TIMEOUT) > 0) {
            problem(field, "'" + written + "' must be from 1s to 60s; " + GoDuration.WAY_OUT);
        }
    }

    private void oneOf(String field, @Nullable String written, Set<String> allowed) {
        if (written != null && !isComputed(written) && !allowed.contains(written)) {
            problem(field, "'" + written + "' must be one of " + String.join(", ", allowed.stream().sorted().toList()));
        }
    }

    private boolean present(String field, @Nullable String value) {
        if (Optional.ofNullable(value).orElse("").isBlank()) {
            problem(field, "is missing");
            return false;
        }
        return true;
    }

    private static boolean isComputed(JsonNode value) {
        return value.isTextual() && isComputed(value.textValue());
    }

    private static boolean isComputed(String value) {
        return value.contains(Pieces.OPEN);
    }

    private void problem(String field, String why) {
        problems.add(field + " " + why);
    }
}
