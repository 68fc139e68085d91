package dev.bellhop.controller;

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
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;

/// A cluster into which an admin has applied the shipped CRDs and the controller's ServiceAccount with its rights.
final class InstalledCluster implements AutoCloseable {
    static final String SYSTEM = "bellhop-system";
    private static final Path CONFIG = Path.of("..", "config");

    private final Config adminConfig;
    private final KubernetesClient admin;

    InstalledCluster(ApiServer server) {
        adminConfig = Config.fromKubeconfig(server.kubeconfig());
        admin = new KubernetesClientBuilder().withConfig(adminConfig).build();
        namespace(SYSTEM, "");
        apply(CONFIG.resolve("rbac/controller.yaml"));
        try (var crds = Files.list(CONFIG.resolve("crd"))) {
            crds.filter(file -> !file.endsWith("kustomization.yaml")).sorted().forEach(this::apply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            admin.resources(Trigger.class).inAnyNamespace().list();
            admin.resources(EventListener.class).inAnyNamespace().list();
        });
    }

    /// The admin's client.
    KubernetesClient admin() {
        return admin;
    }

    /// A new client with the controller's ServiceAccount, and so with exactly the rights that are shipped.
    KubernetesClient controllersClient() {
        TokenRequest request = admin.serviceAccounts().inNamespace(SYSTEM).withName("bellhop-controller")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build());
        var config = new ConfigBuilder(adminConfig).withOauthToken(request.getStatus().getToken())
                .withAutoOAuthToken(null).withUsername(null).withPassword(null)
                .withClientCertData(null).withClientKeyData(null).build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// A namespace of a name that no other test has.
    String namespace(String labels) {
        var name = "t-" + Long.toHexString(ThreadLocalRandom.current().nextLong() & 0xffffffffL);
        namespace(name, labels);
        return name;
    }

    private void namespace(String name, String labels) {
        var namespace = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
        if (!labels.isEmpty()) {
            var pair = labels.split("=");
            namespace.getMetadata().setLabels(Map.of(pair[0], pair[1]));
        }
        admin.resource(namespace).createOr(NonDeletingOperation::update);
    }

    /// Creates the objects in `yaml`.
    void create(String yaml) {
        for (var object : admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()) {
            admin.resource(object).create();
        }
    }

    /// Deletes everything that an earlier test left.
    void clear() {
        admin.resources(EventListener.class).inAnyNamespace().list().getItems().forEach(this::delete);
        admin.resources(Trigger.class).inAnyNamespace().list().getItems().forEach(this::delete);
    }

    private void delete(HasMetadata object) {
        admin.resource(object).delete();
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
