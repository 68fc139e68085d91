package dev.bellhop.listener.source.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.bellhop.listener.journal.ManualClock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void aPod() throws IOException {
        file = Files.writeString(folder.resolve("token"), "first\n");
    }

    @Test
    void thePodsTokenFollowsItsFileWithinAMinute() throws IOException {
        var token = new BearerToken(config("first"), clock, file);
        assertThat(token.get()).contains("first");
        Files.writeString(file, "second\n");
        assertThat(token.get()).contains("first");
        clock.advance(Duration.ofSeconds(61));
        assertThat(token.get()).contains("second");
    }

    @Test
    void theTokenOfAnotherClusterIsNotReplacedByThePods() {
        assertThat(new BearerToken(config("elsewhere"), clock, file).get()).contains("elsewhere");
    }

    @Test
    void aProviderIsAsked() {
        var config = new ConfigBuilder(Config.empty()).withOauthTokenProvider(() -> "provided").build();
        assertThat(new BearerToken(config, clock, file).get()).contains("provided");
    }

    @Test
    void whoHasACertificateNeedsNone() {
        assertThat(new BearerToken(Config.empty(), clock, file).get()).isEmpty();
    }

    @Test
    void theFirstTokenStaysWhenTheFileIsGone() throws IOException {
        var token = new BearerToken(config("first"), clock, file);
        Files.delete(file);
        assertThat(token.get()).contains("first");
    }

    private static Config config(String token) {
        return new ConfigBuilder(Config.empty()).withAutoOAuthToken(token).build();
    }
}
