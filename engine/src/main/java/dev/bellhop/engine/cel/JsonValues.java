package dev.bellhop.engine.cel;

import java.util.AbstractList;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.RandomAccess;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import org.jspecify.annotations.Nullable;

/// JSON as CEL sees it, without a copy. Numbers are doubles, as in Tekton, but for integers that no double holds: they are
/// `int` (or `uint` above its range), so that they compare, print and travel exactly.
final class JsonValues {
    private static final double LONG_RANGE = 0x1p63;

    private JsonValues() {}

    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new JsonMap(node);
            case ARRAY -> new JsonList(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case BINARY, POJO -> CelByteString.copyFromUtf8(node.asText());
            case NULL, MISSING -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(JsonNode node) {
        double nearest = node.doubleValue();
        if (!node.isIntegralNumber()) {
            return nearest;
        }
        if (node.canConvertToLong()) {
            long exact = node.longValue();
            boolean held = (long) nearest == exact && nearest < LONG_RANGE;
            // Not a conditional expression: it would turn both into a double.
            if (held) {
                return nearest;
            }
            return exact;
        }
        var big = node.bigIntegerValue();
        boolean unsigned = big.signum() > 0 && big.bitLength() <= 64
                && new java.math.BigDecimal(nearest).toBigInteger().compareTo(big) != 0;
        if (unsigned) {
            return UnsignedLong.valueOf(big);
        }
        return nearest;
    }

    /// A JSON object.
    @SuppressWarnings("Immutable") // Nobody changes the tree of an event.
    static final class JsonMap extends LazyMap {
        private final JsonNode node;

        JsonMap(JsonNode node) {
            this.node = node;
        }

        JsonNode node() {
            return node;
        }

        @Override
        protected @Nullable Object find(String key) {
            var value = node.get(key);
            return value == null ? null : of(value);
        }

        @Override
        protected Set<String> keys() {
            return new Keys(node);
        }
    }

    private static final class Keys extends AbstractSet<String> {
        private final JsonNode node;

        Keys(JsonNode node) {
            this.node = node;
        }

        @Override
        public Iterator<String> iterator() {
            return node.fieldNames();
        }

        @Override
        public int size() {
            return node.size();
        }

        @Override
        public boolean contains(Object key) {
            return key instanceof String name && node.has(name);
        }
    }

    /// A JSON array.
    static final class JsonList extends AbstractList<Object> implements RandomAccess {
        private final JsonNode node;

        JsonList(JsonNode node) {
            this.node = node;
        }

        JsonNode node() {
            return node;
        }

        @Override
        public Object get(int index) {
            return of(node.get(index));
        }

        @Override
        public int size() {
            return node.size();
        }
    }
}
