package dev.bellhop.listener.journal.stored;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// CRC32C over bytes and texts: databases do not notice every flipped bit.
public final class Checksum {
    private static final byte[] NOTHING = {};

    private Checksum() {}

    /// Over `texts`, in this order.
    public static int of(List<String> texts) {
        return of(NOTHING, texts);
    }

    /// Over `bytes`, then `texts`, in this order.
    public static int of(byte[] bytes, List<String> texts) {
        var crc = new CRC32C();
        crc.update(bytes);
        for (var text : texts) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
        return (int) crc.getValue();
    }
}
