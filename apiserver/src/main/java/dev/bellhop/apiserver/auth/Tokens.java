package dev.bellhop.apiserver.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Bearer tokens: the administrator's, and signed ones of ServiceAccounts that name their holder, audience and end. The
/// signing key lives as long as this object.
public final class Tokens {

    /// The audience of tokens that did not ask for another.
    public static final String AUDIENCE = "https://kubernetes.default.svc";

    /// A token that was given out.
    public record Issued(String token, Instant expires) {}

    /// Who holds a token, and which audiences it is for; none means every one.
    public record Holder(User user, List<String> audiences) {}

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Store store;
    private final Clock clock;
    private final byte[] adminToken;
    private final SecretKeySpec key;

    public Tokens(Store store, Clock clock, String adminToken) {
        this.store = store;
        this.clock = clock;
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /// A token for an existing ServiceAccount.
    public Issued issue(ObjectNode account, List<String> audiences, Duration lifetime) {
        Instant now = clock.instant();
        Instant expires = now.plus(lifetime);
        ObjectNode claims = Json.object().put("iss", AUDIENCE).put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond()).put("exp", expires.getEpochSecond())
                .put("sub", "system:serviceaccount:" + Meta.namespace(account) + ":" + Meta.name(account));
        audiences.forEach(claims.putArray("aud")::add);
        ObjectNode kubernetes = claims.putObject("kubernetes.io").put("namespace", Meta.namespace(account));
        kubernetes.putObject("serviceaccount").put("name", Meta.name(account)).put("uid", Meta.uid(account));
        String signed = HEADER + "." + encode(Json.bytes(claims));
        return new Issued(signed + "." + encode(sign(signed)), expires);
    }

    /// Who holds the token, if it is valid now.
    public Optional<Holder> holder(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(given, adminToken)) {
            return Optional.of(new Holder(
                    new User("admin", "admin", List.of(User.MASTERS, User.AUTHENTICATED), Map.of()), List.of()));
        }
        int end = token.lastIndexOf('.');
        if (end < 0 || !token.startsWith(HEADER + ".") || !MessageDigest.isEqual(
                encode(sign(token.substring(0, end))).getBytes(StandardCharsets.UTF_8),
                token.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return claimed(claims(token.substring(HEADER.length() + 1, end)));
    }

    private Optional<Holder> claimed(JsonNode claims) {
        JsonNode kubernetes = claims.path("kubernetes.io");
        JsonNode account = kubernetes.path("serviceaccount");
        String namespace = kubernetes.path("namespace").asText();
        boolean valid = clock.instant().getEpochSecond() < claims.path("exp").asLong()
                && store.get("serviceaccounts", new Store.Key(namespace, account.path("name").asText()))
                        .filter(stored -> Meta.uid(stored).equals(account.path("uid").asText())).isPresent();
        if (!valid) {
            return Optional.empty();
        }
        var audiences = new java.util.ArrayList<String>();
        claims.path("aud").forEach(audience -> audiences.add(audience.asText()));
        return Optional.of(new Holder(
                User.serviceAccount(namespace, account.path("name").asText(), account.path("uid").asText()),
                audiences));
    }

    private static JsonNode claims(String payload) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("We signed claims that are not JSON", e);
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
