package dev.bellhop.apiserver.auth;

/// What somebody wants to do: a verb on a resource, or on a path outside the API groups.
public sealed interface Ask {

    String verb();

    /// @param name empty for all objects of the kind
    /// @param namespace empty for all namespaces and for kinds outside them
    record OnResource(String verb, String group, String resource, String subresource, String namespace,
            String name) implements Ask {

        /// As rules name it: `pods` or `pods/status`.
        String path() {
            return subresource.isEmpty() ? resource : resource + "/" + subresource;
        }

        /// The sentence of a refusal after the user's name.
        String sentence() {
            return "cannot " + verb + " resource \"" + path() + "\" in API group \"" + group + "\" "
                    + (namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"");
        }
    }

    record OnPath(String verb, String path) implements Ask {}
}
