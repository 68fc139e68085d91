package dev.bellhop.listener.journal.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What the cells of a page hold. Of a damaged page it finds what is left: cells that make no sense are passed over.
final class RawCells {
    private static final int CELLS_AT = 3;
    private static final int USABLE = RawPages.SIZE;
    /// A page has no room for more.
    private static final int MOST = (USABLE - 8) / 6;
    private static final int LEAST_LOCAL = (USABLE - 12) * 32 / 255 - 23;

    private final RawPages pages;

    RawCells(RawPages pages) {
        this.pages = pages;
    }

    /// How the cells of a page are laid out. The page says which it has, but may say it wrong: then nothing is found.
    enum Layout {
        TABLE(8, USABLE - 35), INDEX(8, (USABLE - 12) * 64 / 255 - 23), INNER_INDEX(12, (USABLE - 12) * 64 / 255 - 23);

        private final int header;
        private final int mostLocal;

        Layout(int header, int mostLocal) {
            this.header = header;
            this.mostLocal = mostLocal;
        }

        /// How much of a row lies in its cell; the rest has pages of its own.
        private int local(long length) {
            if (length <= mostLocal) {
                return (int) length;
            }
            int local = LEAST_LOCAL + (int) ((length - LEAST_LOCAL) % (USABLE - 4));
            return local <= mostLocal ? local : LEAST_LOCAL;
        }
    }

    /// The rows of a page, if it has this layout.
    List<RawRow> of(int number, Layout layout) throws IOException {
        var page = pages.read(number);
        int cells = Math.min(MOST, Short.toUnsignedInt(page.getShort(CELLS_AT)));
        var rows = new ArrayList<RawRow>();
        for (int i = 0; i < cells; i++) {
            int at = Short.toUnsignedInt(page.getShort(layout.header + 2 * i));
            if (at < USABLE) {
                row(page.position(at), layout).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private Optional<RawRow> row(ByteBuffer cell, Layout layout) throws IOException {
        try {
            if (layout == Layout.INNER_INDEX) {
                // The page below.
                cell.getInt();
            }
            long length = varint(cell);
            var rowid = layout == Layout.TABLE ? varint(cell) : null;
            return payload(cell, length, layout).map(bytes -> new RawRow(rowid, values(ByteBuffer.wrap(bytes))));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // A length in it leads beyond its end, or says what no length says.
            return Optional.empty();
        }
    }

    private Optional<byte[]> payload(ByteBuffer cell, long length, Layout layout) throws IOException {
        if (length < 2 || length > (long) pages.count() * USABLE) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        take(cell, layout.local(length), bytes);
        if (bytes.size() == length) {
            return Optional.of(bytes.toByteArray());
        }
        for (int next = cell.getInt(); next > 1 && next <= pages.count();) {
            var page = pages.read(next);
            next = page.getInt();
            take(page, (int) Math.min(length - bytes.size(), USABLE - 4L), bytes);
            if (bytes.size() == length) {
                return Optional.of(bytes.toByteArray());
            }
        }
        return Optional.empty();
    }

    private static void take(ByteBuffer from, int length, ByteArrayOutputStream into) {
        var bytes = new byte[length];
        from.get(bytes);
        into.writeBytes(bytes);
    }

    private static List<@Nullable Object> values(ByteBuffer row) {
        long header = varint(row);
        if (header < 1 || header > row.limit()) {
            throw new IllegalArgumentException("the header is longer than the row");
        }
        var types = row.duplicate().limit((int) header);
        row.position((int) header);
        var values = new ArrayList<@Nullable Object>();
        while (types.hasRemaining()) {
            values.add(value(row, varint(types)));
        }
        if (row.hasRemaining()) {
            throw new IllegalArgumentException("the row is longer than its values");
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object value(ByteBuffer row, long type) {
        if (type >= 12) {
            long length = (type - 12) / 2;
            if (length > row.remaining()) {
                throw new BufferUnderflowException();
            }
            var bytes = new byte[(int) length];
            row.get(bytes);
            return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
        }
        return switch ((int) type) {
            case 0 -> null;
            case 1, 2, 3, 4 -> number(row, (int) type);
            case 5 -> number(row, 6);
            case 6 -> number(row, 8);
            case 7 -> row.getDouble();
            case 8 -> 0L;
            case 9 -> 1L;
            default -> throw new IllegalArgumentException("no value has the type " + type);
        };
    }

    private static long number(ByteBuffer row, int bytes) {
        long value = row.get();
        for (int i = 1; i < bytes; i++) {
            value = value << 8 | Byte.toUnsignedLong(row.get());
        }
        return value;
    }

    /// A number of one to nine bytes, of which the first eight have seven bits each.
    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            value = value << 7 | (next & 0x7F);
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | Byte.toUnsignedLong(bytes.get());
    }
}
