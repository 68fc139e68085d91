package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.command.TestFiles;
import dev.bellhop.cli.dev.ObjectApplier.Applied;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/// The objects in the YAML files of a folder: applied as a whole at first, and again whenever a file changes.
final class Manifests {
    private final ObjectApplier applier;
    private final Path folder;
    private Map<Path, FileStamp> applied = Map.of();

    Manifests(KubernetesClient admin, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(folder + " is not a folder: name one that holds your YAML files");
        }
        applier = new ObjectApplier(admin, "bellhop-dev");
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
        var done = applier.apply(objects);
        problems.addAll(done.problems());
        return new Applied(done.objects(), List.copyOf(problems));
    }

    private Map<Path, FileStamp> stamps() throws IOException {
        var stamps = new HashMap<Path, FileStamp>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Manifests::isManifest).toList()) {
                stamps.put(file, FileStamp.of(file));
            }
        }
        return stamps;
    }

    private static boolean isManifest(Path file) {
        var name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file)
                && !TestFiles.isOne(file);
    }

    private void load(Path file, List<HasMetadata> objects, List<String> problems) {
        try {
            objects.addAll(applier.read(file));
        } catch (IOException e) {
            problems.add(file + " cannot be read: " + e.getMessage());
        }
    }
}
