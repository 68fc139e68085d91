package dev.bellhop.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API servers that tests can run on here: the embedded one always, a real kube-apiserver where its binaries are,
/// k3s where Docker is. Each starts when a test first touches it, is shared by the whole JVM and ends with it.
///
/// The system property `bellhop.test.apiservers` narrows the choice to a comma-separated list of names, and then insists
/// on it: a named server that is not at hand is an error.
public final class ApiServers {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServers.class);
    private static final String CHOICE = "bellhop.test.apiservers";
    private static final List<ApiServer> AT_HAND = choose();

    private ApiServers() {}

    /// The servers at hand, none of them started yet; a method source for parametrised tests.
    public static List<ApiServer> atHand() {
        return AT_HAND;
    }

    private static List<ApiServer> choose() {
        Map<String, Supplier<ApiServer>> startable = startable();
        Set<String> chosen = Optional.ofNullable(System.getProperty(CHOICE)).filter(names -> !names.isBlank())
                .<Set<String>>map(names -> new TreeSet<>(Arrays.asList(names.strip().split("\\s*,\\s*"))))
                .orElse(startable.keySet());
        var missing = new ArrayList<>(chosen);
        missing.removeAll(startable.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(CHOICE + " asks for " + missing + ", but only " + startable.keySet()
                    + " are at hand: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver for 'envtest', start"
                    + " Docker for 'k3s'");
        }
        List<SharedApiServer> servers = startable.entrySet().stream().filter(entry -> chosen.contains(entry.getKey()))
                .map(entry -> new SharedApiServer(entry.getKey(), entry.getValue())).toList();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> servers.forEach(SharedApiServer::end), "end API servers"));
        LOG.info("Tests run on these API servers: {}", servers.stream().map(SharedApiServer::name).toList());
        return List.copyOf(servers);
    }

    private static Map<String, Supplier<ApiServer>> startable() {
        var startable = new LinkedHashMap<String, Supplier<ApiServer>>();
        startable.put("embedded", () -> EmbeddedApiServer.start(0));
        EnvtestApiServer.assets().ifPresent(assets -> startable.put("envtest", () -> startEnvtest(assets)));
        if (K3sApiServer.available()) {
            startable.put("k3s", K3sApiServer::start);
        }
        return startable;
    }

    private static ApiServer startEnvtest(Path assets) {
        try {
            Path dataDir = Files.createTempDirectory("bellhop-envtest");
            return new Owning(EnvtestApiServer.start(assets, dataDir, 0), dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException("Making a folder for etcd's data", e);
        }
    }

    /// A server that is alone in its data folder and takes the folder along when it goes.
    private record Owning(ApiServer server, Path dataDir) implements ApiServer {
        @Override
        public String name() {
            return server.name();
        }

        @Override
        public java.net.URI url() {
            return server.url();
        }

        @Override
        public String kubeconfig() {
            return server.kubeconfig();
        }

        @Override
        public void close() {
            server.close();
            try (Stream<Path> files = Files.walk(dataDir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOG.warn("Could not remove {}", dataDir, e);
            }
        }
    }
}
