package dev.bellhop.listener.source.resource;

/// What is held in memory of one object: enough to tell whether something is new. Tens of thousands of them are held, so it has
/// numbers alone.
final class Known {
    /// Stands for the UID.
    final long identity;
    long version;
    long hash;
    long generation;
    boolean gone;
    /// The list that it was last seen in.
    int list;

    Known(String uid, String resourceVersion, long hash, long generation, boolean gone) {
        this.identity = identity(uid);
        this.version = version(resourceVersion);
        this.hash = hash;
        this.generation = generation;
        this.gone = gone;
    }

    static Known of(StoredObject stored) {
        return new Known(stored.uid(), stored.resourceVersion(), stored.hash(), stored.generation(), stored.gone());
    }

    boolean is(String uid) {
        return identity == identity(uid);
    }

    /// Whether `resourceVersion` is not news: the same, or older.
    boolean covers(String resourceVersion) {
        long other = version(resourceVersion);
        return other == version || (other >= 0 && version >= 0 && other < version);
    }

    /// The number that a resourceVersion is, on every API server of Kubernetes. Another text stands for itself alone, and is
    /// neither older nor newer than any other.
    static long version(String resourceVersion) {
        return resourceVersion.matches("\\d{1,18}")
                ? Long.parseLong(resourceVersion)
                : identity(resourceVersion) | Long.MIN_VALUE;
    }

    private static long identity(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
