package dev.bellhop.listener.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/// What the rows of a table look like on disk: enough to know whose a row is when nothing else tells.
///
/// @param isIndex it has no rows beside its primary key's
record TableShape(String table, boolean isIndex, List<Column> columns) {
    /// @param type        `INTEGER`, `TEXT` or `BLOB`
    /// @param nullable    may be null
    /// @param mayBeAbsent rows that are older than the column do not have it
    /// @param isRowid     is not among the values: it is what the row is found by
    record Column(String name, String type, boolean nullable, boolean mayBeAbsent, boolean isRowid) {
        private boolean fits(@Nullable Object value) {
            if (value == null) {
                return nullable || isRowid;
            }
            return !isRowid && switch (type) {
                case "INTEGER" -> value instanceof Long;
                case "TEXT" -> value instanceof String;
                default -> value instanceof byte[];
            };
        }
    }

    /// Those of all tables of a database, with their columns in the order on disk.
    static List<TableShape> all(Connection connection) throws SQLException {
        var all = new ArrayList<TableShape>();
        try (var statement = connection.createStatement(); var r = statement.executeQuery("""
                SELECT t.name,t.wr,c.name,c.type,c."notnull",c.dflt_value IS NOT NULL,c.pk,\
                (SELECT COUNT(*) FROM pragma_table_info(t.name) WHERE pk>0) \
                FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
                WHERE t.schema='main' AND t.type='table' AND t.name NOT LIKE 'sqlite_%' \
                ORDER BY t.name,CASE WHEN t.wr AND c.pk>0 THEN c.pk-1000 ELSE c.cid END""")) {
            while (r.next()) {
                var table = r.getString(1);
                boolean isIndex = r.getBoolean(2);
                boolean inKey = r.getInt(7) > 0;
                var type = r.getString(4);
                boolean nullable = !r.getBoolean(5) && !(isIndex && inKey);
                if (all.isEmpty() || !all.getLast().table.equals(table)) {
                    all.add(new TableShape(table, isIndex, new ArrayList<>()));
                }
                all.getLast().columns.add(new Column(r.getString(3), type, nullable, nullable || r.getBoolean(6),
                        !isIndex && inKey && r.getInt(8) == 1 && type.equals("INTEGER")));
            }
        }
        return all;
    }

    /// Whether this may be a row of the table.
    boolean fits(RawRow row) {
        int present = row.values().size();
        if (isIndex != (row.rowid() == null) || present > columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (i < present ? !columns.get(i).fits(row.values().get(i)) : !columns.get(i).mayBeAbsent) {
                return false;
            }
        }
        return true;
    }

    /// The values of a row that [fits][#fits], for [#insert].
    List<@Nullable Object> values(RawRow row) {
        var values = new ArrayList<@Nullable Object>(row.values());
        if (hasHiddenRowid()) {
            values.addFirst(row.rowid());
            return values;
        }
        for (int i = 0; i < values.size(); i++) {
            if (columns.get(i).isRowid) {
                values.set(i, row.rowid());
            }
        }
        return values;
    }

    /// Rows keep the order that they were written in.
    private boolean hasHiddenRowid() {
        return !isIndex && columns.stream().noneMatch(Column::isRowid);
    }

    /// Inserts so many values, unless there is such a row.
    String insert(int values) {
        var names = Stream.concat(hasHiddenRowid() ? Stream.of("rowid") : Stream.empty(),
                columns.stream().map(Column::name)).limit(values);
        return "INSERT OR IGNORE INTO " + table + "(" + names.collect(Collectors.joining(",")) + ") VALUES("
                + String.join(",", Collections.nCopies(values, "?")) + ")";
    }
}
