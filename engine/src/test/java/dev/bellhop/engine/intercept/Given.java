package dev.bellhop.engine.intercept;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.intercept.Interceptors.Compiled;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup;
import dev.bellhop.engine.secret.Token;

/// What the tests of interceptors begin with.
final class Given {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String SECRET = "It's a Secret to Everybody";
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// Secrets of namespace `team-a` with SECRET under the key `token`.
    static final Secrets SECRETS = secrets(Map.of("webhook", SECRET));

    private Given() {}

    static Event event(byte[] body, Map<String, String> headers) {
        if (!(Body.parse(body) instanceof Body.Parsed.Accepted(var parsed))) {
            throw new IllegalArgumentException("a test's body must be a JSON object");
        }
        return new Event(EventId.at(NOW, new Random(1)), NOW, "POST", "/team-a?name=build",
                Headers.of(headers.entrySet()), parsed);
    }

    static Event event(String body, Map<String, String> headers) {
        return event(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static ObjectNode extensions() {
        return json("{\"earlier\": {\"list\": [1, 2]}}");
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String jsonOfYaml(String yaml) {
        try {
            return YAML.readTree(yaml).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    /// Secrets of namespace `team-a`: the values of their keys `token`, by the Secret's name.
    static Secrets secrets(Map<String, String> values) {
        var tokens = new HashMap<String, Token>();
        values.forEach((name, value) -> tokens.put(name, Token.of(value)));
        return ref -> {
            var token = tokens.get(ref.name());
            return token != null && ref.namespace().equals("team-a") && ref.key().equals("token")
                    ? new Lookup.Found(token)
                    : new Lookup.Missing("there is no Secret " + ref.namespace() + "/" + ref.name());
        };
    }

    /// Compiles an interceptor of a Trigger in `team-a`; `params` is a JSON object.
    static Compiled compiled(String kind, String params) {
        var list = json(params).properties().stream()
                .map(field -> new InterceptorSpec.Param(field.getKey(), field.getValue())).toList();
        return Interceptors.compile("spec.interceptors[0]",
                new InterceptorSpec(null, new InterceptorSpec.Ref(kind, null, null), list, null),
                "team-a");
    }

    static Interceptor interceptor(String kind, String params) {
        return switch (compiled(kind, params)) {
            case Compiled.Sound(var interceptor) -> interceptor;
            case Compiled.Broken(var why) -> throw new IllegalArgumentException(why.toString());
        };
    }

    static List<String> problems(String kind, String params) {
        return switch (compiled(kind, params)) {
            case Compiled.Sound _ -> List.of();
            case Compiled.Broken(var found) -> found.stream().map(Problem::message).toList();
        };
    }

    static byte[] hmac(String algorithm, String secret, byte[] text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hexHmac(String algorithm, String secret, byte[] text) {
        return HexFormat.of().formatHex(hmac(algorithm, secret, text));
    }

    static String hexHmac(String algorithm, String secret, String text) {
        return hexHmac(algorithm, secret, text.getBytes(StandardCharsets.UTF_8));
    }
}
