package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// Builds a journal anew from every row that can still be read of a damaged one, whatever led to the row. Whose a row is, its
/// form tells ([TableShape]), and whether it is what was written, its checksum tells whoever reads it later, as ever.
final class Salvage {
    private final RawPages pages;
    private final RawCells cells;
    private final Connection into;
    private final List<TableShape> shapes;
    private final Map<String, PreparedStatement> inserts = new HashMap<>();
    private long rows;

    private Salvage(RawPages pages, Connection into) throws SQLException {
        this.pages = pages;
        this.into = into;
        cells = new RawCells(pages);
        shapes = TableShape.all(into);
    }

    /// What came of it.
    ///
    /// @param rows of all tables
    /// @param lost deliveries that are known only by name now: they are listed as corrupt
    record Saved(long rows, long lost) {}

    /// Reads `database` and its `log`, which nobody has open, into the new file `target`, which is on disk when this returns.
    static Saved into(Path target, Path database, Path log, Instant now) throws IOException, SQLException {
        Saved saved;
        try (var pages = RawPages.open(database, log); var into = Connections.forBuilding(target)) {
            Schema.migrate(into);
            saved = new Salvage(pages, into).save(now);
        }
        try (var file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        return saved;
    }

    private Saved save(Instant now) throws IOException, SQLException {
        into.setAutoCommit(false);
        for (int page = 1; page <= pages.count(); page++) {
            if (pages.mayHoldCells(page)) {
                for (var layout : RawCells.Layout.values()) {
                    for (var row : cells.of(page, layout)) {
                        insert(row);
                    }
                }
            }
        }
        long lost = new LostDeliveries(pages, cells, into).list(now);
        dropWhatBelongsToNothing();
        into.commit();
        return new Saved(rows, lost);
    }

    private void insert(RawRow row) throws SQLException {
        for (var shape : shapes) {
            if (shape.fits(row)) {
                var values = shape.values(row);
                var statement = statement(shape.insert(values.size()));
                set(statement, values);
                rows += statement.executeUpdate();
            }
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        var known = inserts.get(sql);
        if (known == null) {
            known = into.prepareStatement(sql);
            inserts.put(sql, known);
        }
        return known;
    }

    private static void set(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    /// Their numbers will be used again.
    private void dropWhatBelongsToNothing() throws SQLException {
        try (var statement = into.createStatement()) {
            statement.executeUpdate("DELETE FROM extension WHERE delivery NOT IN (SELECT seq FROM delivery)");
            statement.executeUpdate("DELETE FROM failure WHERE delivery NOT IN (SELECT seq FROM delivery)");
            statement.executeUpdate("DELETE FROM event WHERE seq>(SELECT COALESCE(MAX(seq),0) FROM delivery)");
        }
    }
}
