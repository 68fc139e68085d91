package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.bellhop.cli.command.TestFiles;
import dev.bellhop.cli.test.ObjectProblems;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// What `bellhop run` works by: the objects of a file, or of the files that lie directly in a folder. It counts as a whole: what
/// has a mistake somewhere is not applied anywhere, and what is no longer in the files is deleted. Namespaces come by themselves,
/// and stay.
final class Configuration {
    private static final Set<String> EXTENSIONS = Set.of("yaml", "yml", "json");

    private final Path place;
    private final WorkerDefaults defaults;
    private final KubernetesClient admin;
    private final ObjectApplier applier;
    private Map<Path, FileStamp> seen = Map.of();
    private Map<String, HasMetadata> applied = Map.of();

    /// Of the file or folder `place`; Triggers that say nothing themselves get `defaults`.
    Configuration(Path place, WorkerDefaults defaults, KubernetesClient admin) {
        this.place = place;
        this.defaults = defaults;
        this.admin = admin;
        applier = new ObjectApplier(admin, "bellhop-run");
    }

    /// The files of a configuration, and those beside them with another extension.
    record Found(List<Path> files, List<Path> skipped) {}

    /// What became of a change.
    ///
    /// @param applied how many objects were applied
    /// @param removed names of objects that were deleted
    record Change(int applied, List<String> removed, List<String> problems) {}

    /// The change since the last call; empty when there is none.
    Optional<Change> applyChanged() throws IOException {
        var files = filesOf(place).files();
        var now = new HashMap<Path, FileStamp>();
        for (var file : files) {
            now.put(file, FileStamp.of(file));
        }
        if (now.equals(seen)) {
            return Optional.empty();
        }
        seen = now;
        var problems = problems(place);
        return Optional.of(problems.isEmpty() ? apply(files) : new Change(0, List.of(), problems));
    }

    private Change apply(List<Path> files) throws IOException {
        var objects = new ArrayList<HasMetadata>();
        for (var file : files) {
            objects.addAll(applier.read(file));
        }
        objects.forEach(defaults::complete);
        var problems = new ArrayList<>(applier.apply(missingNamespaces(objects)).problems());
        var done = applier.apply(objects);
        problems.addAll(done.problems());
        var now = done.objects().stream()
                .collect(Collectors.toMap(Configuration::key, object -> object, (_, last) -> last, LinkedHashMap::new));
        var removed = new ArrayList<String>();
        // As long as something was refused, it is not certain what is gone.
        if (problems.isEmpty()) {
            applied.forEach((key, object) -> {
                if (!now.containsKey(key) && !object.getKind().equals("Namespace")) {
                    remove(object, removed, problems);
                }
            });
            applied = now;
        }
        return new Change(done.objects().size(), List.copyOf(removed), List.copyOf(problems));
    }

    private void remove(HasMetadata object, List<String> removed, List<String> problems) {
        try {
            admin.resource(object).delete();
            removed.add(ObjectApplier.name(object));
        } catch (KubernetesClientException e) {
            problems.add(ObjectApplier.name(object) + " was not deleted: " + e.getMessage());
        }
    }

    /// Nobody should have to write down namespaces for a process of their own.
    private List<HasMetadata> missingNamespaces(List<HasMetadata> objects) {
        var missing = new TreeSet<String>();
        objects.forEach(object -> {
            var namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
            if (!namespace.isEmpty()) {
                missing.add(namespace);
            }
        });
        objects.stream().filter(object -> object.getKind().equals("Namespace"))
                .forEach(object -> missing.remove(object.getMetadata().getName()));
        return missing.stream().filter(name -> admin.namespaces().withName(name).get() == null)
                .<HasMetadata>map(name -> new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .toList();
    }

    private static String key(HasMetadata object) {
        return object.getApiVersion() + " " + ObjectApplier.name(object);
    }

    /// Everything that is wrong with the files, before anything runs.
    static List<String> problems(Path place) throws IOException {
        var files = filesOf(place).files();
        return files.isEmpty()
                ? List.of(place + " holds no configuration: a file with objects ends in .yaml, .yml or .json")
                : ObjectProblems.of(files);
    }

    /// The files of `place`, in order of their names.
    static Found filesOf(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return new Found(Files.isRegularFile(place) ? List.of(place) : List.of(), List.of());
        }
        var files = new ArrayList<Path>();
        var skipped = new ArrayList<Path>();
        try (var found = Files.list(place)) {
            for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
                if (!EXTENSIONS.contains(extension(file))) {
                    skipped.add(file);
                } else if (!TestFiles.isOne(file)) {
                    files.add(file);
                }
            }
        }
        return new Found(List.copyOf(files), List.copyOf(skipped));
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
