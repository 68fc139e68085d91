package dev.bellhop.engine.cel;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import org.jspecify.annotations.Nullable;

/// A map that CEL reads in place.
///
/// CEL's planner copies every plain `Map` as a whole each time a name is looked up, and cannot do it when there is a Java
/// null in it. It leaves alone what is a `CelValue`, and works with it as a map when it is a `Map`, too. `CelValue` is
/// declared internal to the library: only this class and its children know that.
abstract class LazyMap extends CelValue implements Map<String, Object> {
    private static final MapType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

    /// The value of a key, as CEL's types; null when it is absent.
    protected abstract @Nullable Object find(String key);

    /// The keys in the order of the sender.
    protected abstract Set<String> keys();

    @Override
    public final @Nullable Object get(Object key) {
        return key instanceof String name ? find(name) : null;
    }

    @Override
    public final boolean containsKey(Object key) {
        return key instanceof String name && keys().contains(name);
    }

    @Override
    public final int size() {
        return keys().size();
    }

    @Override
    public final boolean isEmpty() {
        return keys().isEmpty();
    }

    @Override
    public final Set<String> keySet() {
        return keys();
    }

    @Override
    public final Set<Entry<String, Object>> entrySet() {
        return view().entrySet();
    }

    @Override
    public final Collection<Object> values() {
        return view().values();
    }

    @Override
    public final boolean containsValue(Object value) {
        return values().contains(value);
    }

    private Map<String, Object> view() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new Entries(LazyMap.this);
            }
        };
    }

    @Override
    public final Object value() {
        return this;
    }

    @Override
    public final boolean isZeroValue() {
        return isEmpty();
    }

    @Override
    public final CelType celType() {
        return TYPE;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Map<?, ?> map && view().equals(map));
    }

    @Override
    public final int hashCode() {
        return view().hashCode();
    }

    @Override
    public final String toString() {
        return keys().toString();
    }

    @Override
    public final @Nullable Object put(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final @Nullable Object remove(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void putAll(Map<? extends String, ? extends Object> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void clear() {
        throw new UnsupportedOperationException();
    }

    private static final class Entries extends java.util.AbstractSet<Entry<String, Object>> {
        private final LazyMap map;

        Entries(LazyMap map) {
            this.map = map;
        }

        @Override
        public java.util.Iterator<Entry<String, Object>> iterator() {
            return map.keys().stream().map(this::entry).iterator();
        }

        private Entry<String, Object> entry(String key) {
            return Map.entry(key, java.util.Objects.requireNonNull(map.find(key)));
        }

        @Override
        public int size() {
            return map.size();
        }
    }
}
