package dev.bellhop.cli.send;

import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.bellhop.engine.secret.Token;

/// GitHub's signature of a body, as the sender makes it.
public final class GithubSignature {
    /// The header that carries it.
    public static final String HEADER = "X-Hub-Signature-256";

    private GithubSignature() {}

    /// `sha256=` and the HMAC-SHA256 of the body in hexadecimal.
    public static String of(Token secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
