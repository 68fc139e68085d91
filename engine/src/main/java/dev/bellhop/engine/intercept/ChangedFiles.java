package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.Event;

/// The files that a GitHub push touched, read from its payload: every commit's added, modified and removed files, in this
/// order and with repetitions. `extensions.changed_files` has them as Tekton does, one text joined by commas;
/// `extensions.changed_files_list` as a list, which a comma in a file's name does not confuse.
final class ChangedFiles {
    private static final List<String> FIELDS = List.of("added", "modified", "removed");

    private ChangedFiles() {}

    static Decision of(String by, Event event) {
        var commits = event.body().json().path("commits");
        if (!commits.isArray()) {
            return event.body().otherThanObject().map(what -> failed(by, what))
                    .orElseGet(() -> missing(by, "commits"));
        }
        var files = new ArrayList<String>();
        for (JsonNode commit : commits) {
            for (var field : FIELDS) {
                var names = commit.path(field);
                if (!names.isArray()) {
                    return missing(by, "commits.*." + field);
                }
                names.forEach(name -> files.add(name.asText()));
            }
        }
        var extensions = JsonNodeFactory.instance.objectNode();
        extensions.put("changed_files", String.join(",", files));
        var list = extensions.putArray("changed_files_list");
        files.forEach(list::add);
        return new Decision.Continue(extensions);
    }

    private static Decision missing(String by, String field) {
        return failed(by, "payload body missing '" + field + "' field");
    }

    private static Decision failed(String by, String why) {
        return new Decision.Failed(by, "error parsing body: " + why, false);
    }
}
