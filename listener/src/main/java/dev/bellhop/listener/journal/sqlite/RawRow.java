package dev.bellhop.listener.journal.sqlite;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A row of a table or an entry of an index as it lies on disk: numbers, texts, bytes and nulls.
///
/// @param rowid null for an entry of an index, and for a row of a table that is one
record RawRow(@Nullable Long rowid, List<@Nullable Object> values) {
    /// Whether it has this many values.
    boolean has(int number) {
        return values.size() == number;
    }
}
