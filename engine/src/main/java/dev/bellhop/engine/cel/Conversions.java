package dev.bellhop.engine.cel;

import static dev.bellhop.engine.cel.Definition.BOOL;
import static dev.bellhop.engine.cel.Definition.INT;
import static dev.bellhop.engine.cel.Definition.STRING;
import static dev.bellhop.engine.cel.Definition.global;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// `string(…)`, which prints numbers and times as Go does and not as Java.
final class Conversions {
    static final List<Definition> ALL = List.of(
            Definition.of("string", "A value as text; numbers and times as Go prints them.", "string(body.size)",
                    "\"5\"",
                    global(STRING, a -> a[0], STRING),
                    global(STRING, a -> a[0].toString(), BOOL),
                    global(STRING, a -> a[0].toString(), INT),
                    global(STRING, a -> a[0].toString(), SimpleType.UINT),
                    global(STRING, a -> GoNumbers.print((double) a[0]), SimpleType.DOUBLE),
                    global(STRING, a -> text((CelByteString) a[0]), SimpleType.BYTES),
                    global(STRING, a -> Times.print((Instant) a[0]), SimpleType.TIMESTAMP),
                    global(STRING, a -> Times.print((Duration) a[0]), SimpleType.DURATION)));

    private Conversions() {}

    private static String text(CelByteString bytes) {
        if (!bytes.isValidUtf8()) {
            throw new CelInvalidArgumentException("string: the bytes are not UTF-8");
        }
        return bytes.toStringUtf8();
    }
}
