package dev.bellhop.engine.catalog;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// Unmodifiable copies of maps whose keys tenants choose. `Map.copyOf` probes linearly: names whose hashes lie close
/// together, as those of `t1`, `t2`, … do, make it take a minute for 10,000 of them.
final class Snapshot {
    private Snapshot() {}

    static <K, V> Map<K, V> of(Map<K, V> map) {
        return Collections.unmodifiableMap(new HashMap<>(map));
    }
}
