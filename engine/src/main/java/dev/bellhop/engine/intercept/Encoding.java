package dev.bellhop.engine.intercept;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// How bytes are written as text: a signature in a header, or a key in a Secret.
enum Encoding {
    /// The text itself; for secrets only.
    UTF8,
    /// Hexadecimal, in any case.
    HEX,
    /// Base64 with `+` and `/`; padding may be left out.
    BASE64,
    /// Base64 with `-` and `_`; padding may be left out.
    BASE64URL;

    /// The name users write.
    String param() {
        return switch (this) {
            case UTF8 -> "utf8";
            case HEX -> "hex";
            case BASE64 -> "base64";
            case BASE64URL -> "base64url";
        };
    }

    /// The bytes that `text` stands for; empty when it is not written this way.
    Optional<byte[]> decode(String text) {
        try {
            return Optional.of(switch (this) {
                case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
                case BASE64URL -> Base64.getUrlDecoder().decode(text);
            });
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
