package dev.bellhop.listener.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
    private static final String TEXT = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    @TempDir
    Path folder;

    @Test
    void dataIsBase64OrPlainAsKubeconfigsHaveIt() {
        var base64 = Base64.getMimeEncoder().encodeToString(TEXT.repeat(5).getBytes(StandardCharsets.UTF_8));
        assertThat(Pem.of(base64, null)).hasToString("Optional[" + TEXT.repeat(5) + "]");
        assertThat(Pem.of(TEXT, null)).hasToString("Optional[" + TEXT + "]");
    }

    @Test
    void dataWinsOverAFile() throws IOException {
        var file = Files.writeString(folder.resolve("ca.crt"), "of the file");
        assertThat(Pem.of(TEXT, file.toString())).hasToString("Optional[" + TEXT + "]");
        assertThat(Pem.of(" ", file.toString())).hasToString("Optional[of the file]");
    }

    @Test
    void neitherIsNone() {
        assertThat(Pem.of(null, null)).isEmpty();
        assertThat(Pem.of("", "")).isEmpty();
    }

    @Test
    void namesTheFileThatIsMissing() {
        var file = folder.resolve("none.crt").toString();
        assertThatThrownBy(() -> Pem.of(null, file)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file);
    }
}
