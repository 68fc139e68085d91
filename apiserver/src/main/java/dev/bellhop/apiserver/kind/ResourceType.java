package dev.bellhop.apiserver.kind;

import dev.bellhop.apiserver.schema.Schema;
import java.util.List;
import java.util.Set;

/// One kind in one version, as the API serves it.
///
/// @param storage the name under which its objects are stored; versions of one kind share it
/// @param subresources `status`, `scale`, `token`, …
/// @param generation whether a changed spec counts up `metadata.generation`
/// @param schema what its objects may say
/// @param columns what `kubectl get` shows between name and age; empty when the table has built-in columns for it
/// @param custom whether a CustomResourceDefinition defines it
public record ResourceType(String group, String version, Names names, boolean namespaced, String storage,
        Set<String> subresources, boolean generation, Schema schema, List<Column> columns, boolean custom) {

    /// What one calls it.
    public record Names(String kind, String plural, String singular, List<String> shortNames, List<String> categories) {

        public Names {
            shortNames = List.copyOf(shortNames);
            categories = List.copyOf(categories);
        }
    }

    /// A column of a table: a JSONPath into the object.
    public record Column(String name, String type, String format, String description, int priority, String jsonPath) {}

    public ResourceType {
        subresources = Set.copyOf(subresources);
        columns = List.copyOf(columns);
        schema = schema.ofObject();
    }

    public String kind() {
        return names.kind();
    }

    public String plural() {
        return names.plural();
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// As messages name it: `pods`, `deployments.apps`.
    public String groupResource() {
        return group.isEmpty() ? plural() : plural() + "." + group;
    }

    public boolean has(String subresource) {
        return subresources.contains(subresource);
    }

    public boolean is(String otherGroup, String otherPlural) {
        return group.equals(otherGroup) && plural().equals(otherPlural);
    }

    /// The verbs on whole objects that discovery names.
    public List<String> verbs() {
        return isReview()
                ? List.of("create")
                : List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    }

    /// Whether it is only asked, never stored.
    public boolean isReview() {
        return storage.isEmpty();
    }

}
