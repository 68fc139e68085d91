package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// Reads objects from files and applies them to a cluster.
final class ObjectApplier {
    /// What others need must be there first.
    private static final List<String> FIRST = List.of("Namespace", "CustomResourceDefinition", "ServiceAccount",
            "Secret",
            "ConfigMap", "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding");

    private final KubernetesClient admin;
    private final String fieldManager;

    /// The API server notes `fieldManager` as the owner of what is applied.
    ObjectApplier(KubernetesClient admin, String fieldManager) {
        this.admin = admin;
        this.fieldManager = fieldManager;
    }

    /// What applying objects gave.
    record Applied(List<HasMetadata> objects, List<String> problems) {}

    /// The objects of a file in YAML or JSON, in its order.
    ///
    /// @throws IOException when it cannot be read as such; the message does not name the file
    List<HasMetadata> read(Path file) throws IOException {
        try (var text = Files.newInputStream(file)) {
            return admin.load(text).items().stream().filter(Objects::nonNull).toList();
        } catch (RuntimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Applies objects, what others need first. One that the server refuses is a problem, and keeps no other from being applied.
    Applied apply(List<HasMetadata> objects) {
        var done = new ArrayList<HasMetadata>();
        var problems = new ArrayList<String>();
        for (var object : objects.stream().sorted(Comparator.comparingInt(ObjectApplier::order)).toList()) {
            try {
                done.add(admin.resource(object).fieldManager(fieldManager).forceConflicts().serverSideApply());
            } catch (KubernetesClientException e) {
                problems.add(name(object) + " was not applied: " + reason(e));
            }
        }
        return new Applied(List.copyOf(done), List.copyOf(problems));
    }

    private static int order(HasMetadata object) {
        int place = FIRST.indexOf(object.getKind());
        return place < 0 ? FIRST.size() : place;
    }

    private static String reason(KubernetesClientException e) {
        var status = e.getStatus();
        return status != null && status.getMessage() != null ? status.getMessage() : String.valueOf(e.getMessage());
    }

    /// How people name an object: `Trigger team-a/push`.
    static String name(HasMetadata object) {
        var namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
        return object.getKind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + object.getMetadata().getName();
    }
}
