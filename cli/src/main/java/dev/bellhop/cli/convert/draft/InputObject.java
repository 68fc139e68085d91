package dev.bellhop.cli.convert.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// An object of another system, as a file holds it.
///
/// @param file      where it was read from
/// @param namespace its own, or the one for objects that name none
/// @param name      its own, or that of the file
public record InputObject(String file, String namespace, String name, ObjectNode json) {
    /// Its kind; empty for a configuration file that is no Kubernetes object.
    public String kind() {
        return json.path("kind").asText();
    }

    /// The group of its apiVersion; empty for the core group, and when it has none.
    public String group() {
        var apiVersion = json.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /// As people call it: `Sensor team-a/build`.
    public String title() {
        return kind().isEmpty() ? "configuration" : kind() + " " + namespace + "/" + name;
    }
}
