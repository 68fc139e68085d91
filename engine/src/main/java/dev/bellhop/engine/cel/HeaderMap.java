package dev.bellhop.engine.cel;

import java.util.Set;

import dev.bellhop.engine.event.Headers;
import org.jspecify.annotations.Nullable;

/// The headers of an event: canonical names, each with its list of values.
@SuppressWarnings("Immutable") // Headers never change.
final class HeaderMap extends LazyMap {
    private final Headers headers;

    HeaderMap(Headers headers) {
        this.headers = headers;
    }

    @Override
    protected @Nullable Object find(String key) {
        return headers.asMap().get(key);
    }

    @Override
    protected Set<String> keys() {
        return headers.asMap().keySet();
    }

    /// The first value of a header, whose name may have any case; empty when it is absent.
    String first(String name) {
        return headers.first(name).orElse("");
    }
}
