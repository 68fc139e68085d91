package dev.bellhop.listener.source.kube;

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
/// expires, so the file is read again every minute; any other token is taken as it is.
public final class BearerToken implements Supplier<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(BearerToken.class);
    private static final Path POD_TOKEN = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);
    private static final Duration READ_EVERY = Duration.ofMinutes(1);

    private final Config config;
    private final Clock clock;
    private final Path podToken;
    private final boolean isPods;
    private volatile Read last;

    private record Read(Instant at, Optional<String> token) {}

    public BearerToken(Config config, Clock clock) {
        this(config, clock, POD_TOKEN);
    }

    BearerToken(Config config, Clock clock, Path podToken) {
        this.config = config;
        this.clock = clock;
        this.podToken = podToken;
        // The Pod may run with a kubeconfig of another cluster, which has no business with the Pod's token.
        this.isPods = configured().isPresent() && configured().equals(ofPod());
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
        return isPods ? ofPod().or(this::configured) : configured();
    }

    private Optional<String> configured() {
        return Optional.ofNullable(config.getOauthTokenProvider() != null
                ? config.getOauthTokenProvider().getToken()
                : Optional.ofNullable(config.getOauthToken()).orElse(config.getAutoOAuthToken()));
    }

    private Optional<String> ofPod() {
        if (!Files.isReadable(podToken)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(podToken).strip());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The Pod's token could not be read again; the first one stays in use");
            return Optional.empty();
        }
    }
}
