package dev.bellhop.listener.source.kube;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.listener.source.kube.Door.Unusable;

/// How to get into another cluster, from the keys of a Secret: a whole kubeconfig under `kubeconfig`, or kube-trigger's
/// `endpoint`, `tls.crt`, `tls.key`, `ca.crt`.
///
/// A tenant wrote it and the listener reads it, so a kubeconfig may neither run a program nor name a file: both would be the
/// listener's own.
///
/// @param server      address of the API server
/// @param authority   certificates to check it with, PEM; empty for those that Java trusts
/// @param unchecked   whether its certificate is not checked at all
/// @param certificate of the client, PEM
/// @param key         that goes with it, PEM
/// @param header      the value of `Authorization`
record Credentials(URI server, Optional<String> authority, boolean unchecked, Optional<String> certificate,
        Optional<String> key, Optional<String> header) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<String> USER_FORBIDDEN = List.of("exec", "auth-provider", "tokenFile",
            "client-certificate",
            "client-key");
    private static final List<String> CLUSTER_FORBIDDEN = List.of("certificate-authority", "tls-server-name",
            "proxy-url");

    /// Reads the keys of a Secret by `secret`.
    static Credentials read(String name, boolean insecureSkipVerify, Function<String, Optional<String>> secret)
            throws Unusable {
        var kubeconfig = secret.apply("kubeconfig");
        var credentials = kubeconfig.isPresent()
                ? ofKubeconfig(name, kubeconfig.get(), insecureSkipVerify)
                : ofKeys(name, insecureSkipVerify, secret);
        if (!"https".equals(credentials.server.getScheme()) || credentials.server.getHost() == null) {
            throw new Unusable("Secret " + name + ": the server's address must begin with https://");
        }
        return credentials;
    }

    private static Credentials ofKeys(String name, boolean insecureSkipVerify,
            Function<String, Optional<String>> secret) throws Unusable {
        var endpoint = secret.apply("endpoint").map(String::strip).filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Unusable("Secret " + name
                        + " is missing or has neither the key kubeconfig nor the key endpoint"));
        var authority = secret.apply("ca.crt").filter(text -> !text.isBlank());
        if (authority.isEmpty() && !insecureSkipVerify) {
            throw new Unusable(
                    "Secret " + name + " has no key ca.crt to check the server's certificate with: add it, or"
                            + " set insecureSkipVerify: true");
        }
        return new Credentials(uri(name, endpoint.contains("://") ? endpoint : "https://" + endpoint), authority,
                insecureSkipVerify, secret.apply("tls.crt"), secret.apply("tls.key"), Optional.empty());
    }

    private static Credentials ofKubeconfig(String name, String text, boolean insecureSkipVerify) throws Unusable {
        JsonNode config;
        try {
            config = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Unusable("Secret " + name + ": the kubeconfig is no YAML: line " + e.getLocation().getLineNr(),
                    e);
        }
        var contexts = config.path("contexts");
        var current = config.path("current-context").asText(contexts.path(0).path("name").asText());
        var context = named(name, contexts, current, "context");
        var cluster = named(name, config.path("clusters"), context.path("cluster").asText(), "cluster");
        var user = named(name, config.path("users"), context.path("user").asText(), "user");
        forbid(name, "user", user, USER_FORBIDDEN);
        forbid(name, "cluster", cluster, CLUSTER_FORBIDDEN);
        boolean unchecked = insecureSkipVerify || cluster.path("insecure-skip-tls-verify").asBoolean();
        return new Credentials(uri(name, cluster.path("server").asText()), data(cluster, "certificate-authority-data"),
                unchecked, data(user, "client-certificate-data"), data(user, "client-key-data"), header(user));
    }

    private static JsonNode named(String secret, JsonNode list, String name, String field) throws Unusable {
        for (var entry : list) {
            if (entry.path("name").asText().equals(name)) {
                return entry.path(field);
            }
        }
        throw new Unusable("Secret " + secret + ": the kubeconfig has no " + field + " '" + name + "'");
    }

    private static void forbid(String secret, String what, JsonNode entry, List<String> fields) throws Unusable {
        for (var field : fields) {
            if (entry.has(field)) {
                throw new Unusable("Secret " + secret + ": the kubeconfig's " + what + " has the field " + field
                        + ", which is not followed here: give certificate-authority-data, client-certificate-data and"
                        + " client-key-data, or token");
            }
        }
    }

    private static Optional<String> header(JsonNode user) {
        if (user.hasNonNull("token")) {
            return Optional.of("Bearer " + user.path("token").asText().strip());
        }
        if (user.hasNonNull("username")) {
            var pair = user.path("username").asText() + ":" + user.path("password").asText();
            return Optional.of(
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.empty();
    }

    private static Optional<String> data(JsonNode entry, String field) {
        return entry.hasNonNull(field)
                ? Optional.of(new String(Base64.getMimeDecoder().decode(entry.path(field).asText()),
                        StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static URI uri(String secret, String text) throws Unusable {
        try {
            return URI.create(text.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new Unusable("Secret " + secret + ": the server's address is none", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + server + "]";
    }
}
