package dev.bellhop.listener.journal.stored;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Fast compression of bodies: webhooks shrink to a fifth, and every page not written twice, to the WAL and to the
/// database, saves more than it costs.
final class Deflated {
    private static final int WORTH_TRYING = 512;

    /// No deflate stream grows by more; a size beyond it was not ours, and must not be allocated.
    private static final long MAX_RATIO = 1_032;

    /// Deflaters hold native memory and are dear to make: a few are kept.
    private static final ArrayBlockingQueue<Deflater> IDLE = new ArrayBlockingQueue<>(16);

    private Deflated() {}

    /// `bytes` deflated; empty when that would not save a tenth.
    static Optional<byte[]> of(byte[] bytes) {
        if (bytes.length < WORTH_TRYING) {
            return Optional.empty();
        }
        var idle = IDLE.poll();
        var deflater = idle != null ? idle : new Deflater(Deflater.BEST_SPEED, true);
        try {
            var out = new byte[bytes.length - bytes.length / 10];
            deflater.setInput(bytes);
            deflater.finish();
            int length = deflater.deflate(out);
            return deflater.finished() ? Optional.of(Arrays.copyOf(out, length)) : Optional.empty();
        } finally {
            deflater.reset();
            if (!IDLE.offer(deflater)) {
                deflater.end();
            }
        }
    }

    /// The `size` bytes that `packed` was made of; empty when it is not what [#of] gave.
    static Optional<byte[]> inflate(byte[] packed, int size) {
        if (size < 0 || size > MAX_RATIO * packed.length) {
            return Optional.empty();
        }
        try (var inflater = new Inflater(true)) {
            var bytes = new byte[size];
            inflater.setInput(packed);
            int length = 0;
            while (length < size && !inflater.finished()) {
                int more = inflater.inflate(bytes, length, size - length);
                if (more == 0) {
                    return Optional.empty();
                }
                length += more;
            }
            return length == size ? Optional.of(bytes) : Optional.empty();
        } catch (DataFormatException e) {
            // The bytes on disk are not those that were written.
            return Optional.empty();
        }
    }
}
