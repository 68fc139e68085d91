package dev.bellhop.cluster;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.Trigger;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;

/// A cluster into which an admin has applied the shipped CRDs, and the shipped ServiceAccounts with their rights. The tests of
/// listener and controller begin here, so that both work with what is shipped and nothing more.
public final class InstalledCluster implements AutoCloseable {
    /// Where listener and controller have their ServiceAccounts.
    public static final String SYSTEM = "bellhop-system";
    private static final Path CONFIG = Path.of("..", "config");
    private static final String NOT_TO_APPLY = "kustomization.yaml";

    private final Config adminConfig;
    private final KubernetesClient admin;

    /// Installs everything in `server` and waits until the CRDs are served.
    public InstalledCluster(ApiServer server) {
        adminConfig = Config.fromKubeconfig(server.kubeconfig());
        admin = new KubernetesClientBuilder().withConfig(adminConfig).build();
        namespace(SYSTEM, "");
        applyFolder(CONFIG.resolve("rbac"));
        applyFolder(CONFIG.resolve("crd"));
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            admin.resources(Trigger.class).inAnyNamespace().list();
            admin.resources(EventListener.class).inAnyNamespace().list();
        });
    }

    /// The admin's client.
    public KubernetesClient admin() {
        return admin;
    }

    /// A new client with one of the shipped ServiceAccounts, and so with exactly the rights that are shipped.
    public KubernetesClient shipped(String serviceAccount) {
        return as(SYSTEM, serviceAccount);
    }

    /// A new client with the rights of a ServiceAccount.
    public KubernetesClient as(String namespace, String serviceAccount) {
        return as(adminConfig, token(namespace, serviceAccount));
    }

    /// The same as [#shipped], over a `url` that leads to this cluster's API server.
    public KubernetesClient shipped(String serviceAccount, String url) {
        return as(new ConfigBuilder(adminConfig).withMasterUrl(url).build(), token(SYSTEM, serviceAccount));
    }

    private static KubernetesClient as(Config from, String token) {
        var config = new ConfigBuilder(from).withOauthToken(token)
                .withAutoOAuthToken(null).withUsername(null).withPassword(null)
                .withClientCertData(null).withClientKeyData(null).build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// A bearer token of a ServiceAccount.
    public String token(String namespace, String serviceAccount) {
        return admin.serviceAccounts().inNamespace(namespace).withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
                .getStatus().getToken();
    }

    /// A namespace of a name that no other test has, with a label such as `app=shop`.
    public String namespace(String label) {
        var name = "t-" + Long.toHexString(ThreadLocalRandom.current().nextLong() & 0xffffffffL);
        namespace(name, label);
        return name;
    }

    private void namespace(String name, String label) {
        var namespace = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
        if (!label.isEmpty()) {
            var pair = label.split("=");
            namespace.getMetadata().setLabels(Map.of(pair[0], pair[1]));
        }
        admin.resource(namespace).createOr(NonDeletingOperation::update);
    }

    /// Creates the objects in `yaml`.
    public void create(String yaml) {
        for (var object : admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()) {
            admin.resource(object).create();
        }
    }

    /// Deletes the EventListeners and Triggers that an earlier test left.
    public void clear() {
        admin.resources(EventListener.class).inAnyNamespace().list().getItems().forEach(this::delete);
        admin.resources(Trigger.class).inAnyNamespace().list().getItems().forEach(this::delete);
    }

    private void delete(HasMetadata object) {
        admin.resource(object).delete();
    }

    private void applyFolder(Path folder) {
        try (var files = Files.list(folder)) {
            files.filter(file -> !file.endsWith(NOT_TO_APPLY)).sorted().forEach(this::apply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(Path file) {
        try (var stream = Files.newInputStream(file)) {
            admin.load(stream).items().forEach(object -> admin.resource(object).createOr(NonDeletingOperation::update));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
