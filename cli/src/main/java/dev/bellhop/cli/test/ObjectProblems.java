package dev.bellhop.cli.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with objects in files, found without a cluster.
public final class ObjectProblems {
    private ObjectProblems() {}

    /// All of it, a sentence each: what cannot be read, or, when everything can, what statuses would tell. Empty when the objects
    /// fit together.
    public static List<String> of(List<Path> files) {
        var objects = new CaseObjects();
        var unusable = new ArrayList<String>();
        for (var file : files) {
            try {
                objects.add(file);
            } catch (UnusableInput e) {
                unusable.add(String.valueOf(e.getMessage()));
            }
        }
        return unusable.isEmpty() ? new OfflineListener(objects).problems() : List.copyOf(unusable);
    }
}
