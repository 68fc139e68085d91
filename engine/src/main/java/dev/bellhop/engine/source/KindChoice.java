package dev.bellhop.engine.source;

/// The kind of objects that a source reads, as its EventSource names it.
public sealed interface KindChoice {
    /// Path of the API group and version that serves it, such as `/apis/apps/v1`.
    String path();

    /// By `apiVersion`, such as `apps/v1`, and `kind`.
    record ByKind(String apiVersion, String kind) implements KindChoice {
        @Override
        public String path() {
            return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        }

        @Override
        public String toString() {
            return kind + " of " + apiVersion;
        }
    }

    /// By API group (empty for the core group), version, and its name in paths.
    record ByResource(String group, String version, String resource) implements KindChoice {
        @Override
        public String path() {
            return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        }

        @Override
        public String toString() {
            return resource + " of " + (group.isEmpty() ? version : group + "/" + version);
        }
    }
}
