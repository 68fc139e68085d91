package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.bellhop.cli.command.CommandFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// The objects in the YAML files of a folder: applied as a whole at first, and again whenever a file changes.
final class Manifests {
    /// What others need must be there first.
    private static final List<String> FIRST = List.of("Namespace", "CustomResourceDefinition", "ServiceAccount",
            "Secret",
            "ConfigMap", "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding");

    private final KubernetesClient admin;
    private final Path folder;
    private Map<Path, Stamp> applied = Map.of();

    /// By these two a file is taken to be unchanged.
    private record Stamp(long modified, long size) {}

    /// What applying the files that changed gave.
    record Applied(List<HasMetadata> objects, List<String> problems) {}

    Manifests(KubernetesClient admin, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(folder + " is not a folder: name one that holds your YAML files");
        }
        this.admin = admin;
        this.folder = folder;
    }

    /// Applies the files that are new or were changed since the last call. A file that cannot be read or applied is a
    /// problem, and keeps no other from being applied.
    Applied applyChanged() throws IOException {
        var now = stamps();
        var objects = new ArrayList<HasMetadata>();
        var problems = new ArrayList<String>();
        now.forEach((file, stamp) -> {
            if (!stamp.equals(applied.get(file))) {
                load(file, objects, problems);
            }
        });
        applied = now;
        objects.sort(Comparator.comparingInt(Manifests::order));
        var done = new ArrayList<HasMetadata>();
        for (var object : objects) {
            try {
                done.add(admin.resource(object).fieldManager("bellhop-dev").forceConflicts().serverSideApply());
            } catch (KubernetesClientException e) {
                problems.add(name(object) + " was not applied: " + reason(e));
            }
        }
        return new Applied(List.copyOf(done), List.copyOf(problems));
    }

    private Map<Path, Stamp> stamps() throws IOException {
        var stamps = new HashMap<Path, Stamp>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Manifests::isManifest).toList()) {
                stamps.put(file, new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
            }
        }
        return stamps;
    }

    /// `expected*.yaml` say what `bellhop test` expects; they are no objects.
    private static boolean isManifest(Path file) {
        var name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith("expected")
                && Files.isRegularFile(file);
    }

    private void load(Path file, List<HasMetadata> objects, List<String> problems) {
        try (var yaml = Files.newInputStream(file)) {
            for (var object : admin.load(yaml).items()) {
                if (object != null) {
                    objects.add(object);
                }
            }
        } catch (IOException | RuntimeException e) {
            problems.add(file + " cannot be read: " + e.getMessage());
        }
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
