package dev.bellhop.engine.cel;

import static dev.bellhop.engine.cel.Definition.BOOL;
import static dev.bellhop.engine.cel.Definition.INT;
import static dev.bellhop.engine.cel.Definition.LIST;
import static dev.bellhop.engine.cel.Definition.STRING;
import static dev.bellhop.engine.cel.Definition.global;
import static dev.bellhop.engine.cel.Definition.member;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.ListType;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// The functions on lists that compare each element with each other, or make a list out of a number. The library's own take
/// as long as they like.
final class ListFunctions {
    static final List<Definition> ALL = List.of(
            Definition.of("distinct", "The elements of a list without repetitions.", "[1, 1.0, 'a'].distinct()",
                    "[1, \"a\"]",
                    member(LIST, a -> distinct((List<?>) a[0]), LIST)),
            Definition.of("reverse",
                    "The elements of a list, or the characters of a string, from the last to the first.",
                    "'abc'.reverse() + string([1, 2].reverse()[0])", "\"cba2\"",
                    member(STRING, a -> reverse((String) a[0]), STRING),
                    member(LIST, a -> ((List<?>) a[0]).reversed(), LIST)),
            Definition.of("lists.range", "The integers from 0 on, so many.", "lists.range(3)", "[0, 1, 2]",
                    global(ListType.create(INT), a -> range((long) a[0]), INT)),
            Definition.of("sets.contains", "Whether the first list has every element of the second.",
                    "sets.contains([1, 2, 3], [3, 1])", "true",
                    global(BOOL, a -> keys(a[0]).containsAll(keys(a[1])), LIST, LIST)),
            Definition.of("sets.equivalent", "Whether two lists have the same elements, however often.",
                    "sets.equivalent([1, 2], [2, 1, 1])", "true",
                    global(BOOL, a -> keys(a[0]).equals(keys(a[1])), LIST, LIST)),
            Definition.of("sets.intersects", "Whether two lists have an element in common.",
                    "sets.intersects(['a', 'b'], ['b', 'c'])", "true",
                    global(BOOL, a -> keys(a[0]).stream().anyMatch(keys(a[1])::contains), LIST, LIST)));

    private ListFunctions() {}

    private static List<Object> distinct(List<?> list) {
        var seen = new HashSet<>();
        var kept = new ArrayList<Object>();
        for (var element : list) {
            if (seen.add(key(element))) {
                kept.add(element);
            }
        }
        return kept;
    }

    private static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static List<Long> range(long size) {
        if (size < 0) {
            throw new CelInvalidArgumentException("lists.range: the size is negative: " + size);
        }
        Evaluation.current().budget().size(size);
        Evaluation.current().budget().spend(size);
        return LongStream.range(0, size).boxed().toList();
    }

    private static Set<Object> keys(Object list) {
        var keys = new HashSet<>();
        ((List<?>) list).forEach(element -> keys.add(key(element)));
        return keys;
    }

    /// A value whose Java equality is CEL's: 1, 1u and 1.0 are one number, also within lists and maps.
    private static Object key(Object value) {
        Evaluation.current().budget().spend(1);
        return switch (value) {
            case UnsignedLong u -> u.bigIntegerValue().bitLength() < 64 ? (Object) u.longValue() : u.bigIntegerValue();
            case Double d when Double.isNaN(d) -> new Object();
            case Double d when d == Math.rint(d) && Math.abs(d) < 0x1p63 -> d.longValue();
            case Double d when d == Math.rint(d) && Double.isFinite(d) -> new BigDecimal(d).toBigIntegerExact();
            case List<?> list -> list.stream().map(ListFunctions::key).toList();
            case Map<?, ?> map -> {
                var keyed = new HashMap<>();
                map.forEach((name, inner) -> keyed.put(key(name), key(inner)));
                yield keyed;
            }
            default -> value;
        };
    }
}
