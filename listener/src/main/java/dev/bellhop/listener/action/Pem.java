package dev.bellhop.listener.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// PEM text of a kubeconfig: given as base64 data, or in a file.
final class Pem {
    private Pem() {}

    /// The text, if data or file name it; data wins, as in kubectl.
    static Optional<Buffer> of(@Nullable String data, @Nullable String file) {
        if (data != null && !data.isBlank()) {
            var text = data.contains("-----BEGIN")
                    ? data.getBytes(StandardCharsets.UTF_8)
                    : Base64.getMimeDecoder().decode(data);
            return Optional.of(Buffer.buffer(text));
        }
        if (file == null || file.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Buffer.buffer(Files.readAllBytes(Path.of(file))));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + ", which the kubeconfig names", e);
        }
    }
}
