package dev.bellhop.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import io.fabric8.kubernetes.client.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bearer token of the moment. The token of a Pod's ServiceAccount lies in a file that the kubelet replaces before it
/// expires, so the file is read again every minute; a token from a kubeconfig is taken as it is.
final class BearerToken implements Supplier<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(BearerToken.class);
    private static final Path POD_TOKEN = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);
    private static final Duration READ_EVERY = Duration.ofMinutes(1);

    private final Config config;
    private final Clock clock;
    private volatile Read last;

    private record Read(Instant at, Optional<String> token) {}

    BearerToken(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.last = new Read(Instant.MIN, Optional.empty());
    }

    @Override
    public Optional<String> get() {
        var known = last;
        var now = clock.instant();
        if (known.at.plus(READ_EVERY).isAfter(now)) {
            return known.token;
        }
        var read = new Read(now, read());
        last = read;
        return read.token;
    }

    private Optional<String> read() {
        var fromConfig = config.getOauthTokenProvider() != null
                ? config.getOauthTokenProvider().getToken()
                : Optional.ofNullable(config.getOauthToken()).orElse(config.getAutoOAuthToken());
        if (fromConfig == null || !Files.isReadable(POD_TOKEN)) {
            return Optional.ofNullable(fromConfig);
        }
        try {
            return Optional.of(Files.readString(POD_TOKEN).strip());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The Pod's token could not be read again; the last one stays in use");
            return Optional.of(fromConfig);
        }
    }
}
