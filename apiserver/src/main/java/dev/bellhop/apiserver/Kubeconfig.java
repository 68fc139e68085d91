package dev.bellhop.apiserver;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The kubeconfig of one cluster, one user and one bearer token. The certificate authority is PEM and absent for plain
/// HTTP.
record Kubeconfig(String cluster, URI url, String user, String token, Optional<String> certificateAuthority) {

    /// A new secret for a bearer token.
    static String newToken() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String yaml() {
        String authority = certificateAuthority.map(pem -> "\n    certificate-authority-data: "
                + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))).orElse("");
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s%5$s
                users:
                - name: %3$s
                  user:
                    token: %4$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %3$s
                    namespace: default
                current-context: %1$s
                """.formatted(cluster, url, user, token, authority);
    }
}
