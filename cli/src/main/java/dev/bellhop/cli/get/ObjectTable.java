package dev.bellhop.cli.get;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Columns;

/// Objects of one resource as the API server tabulates them (`meta.k8s.io/v1` Table).
record ObjectTable(Resource resource, JsonNode table) {
    /// How it is printed.
    ///
    /// @param wide       with the columns that are usually left out
    /// @param namespaces with a column for the namespace
    /// @param prefixed   with the kind before each name, for tables among others
    record Style(boolean wide, boolean namespaces, boolean prefixed) {}

    /// Puts rows of the same resource, asked for one by one, together.
    static List<ObjectTable> merge(List<ObjectTable> tables) {
        var merged = new LinkedHashMap<Resource, ObjectTable>();
        for (var table : tables) {
            merged.merge(table.resource(), table, ObjectTable::append);
        }
        return List.copyOf(merged.values());
    }

    private ObjectTable append(ObjectTable other) {
        ObjectNode both = table.deepCopy();
        ArrayNode rows = both.withArray("rows");
        other.table.path("rows").forEach(rows::add);
        return new ObjectTable(resource, both);
    }

    boolean isEmpty() {
        return table.path("rows").isEmpty();
    }

    void print(PrintWriter out, Style style) {
        var definitions = table.path("columnDefinitions");
        var shown = new ArrayList<Integer>();
        var header = new ArrayList<String>();
        boolean namespaces = style.namespaces() && resource.namespaced();
        if (namespaces) {
            header.add("NAMESPACE");
        }
        for (int i = 0; i < definitions.size(); i++) {
            if (style.wide() || definitions.get(i).path("priority").asInt() == 0) {
                shown.add(i);
                header.add(definitions.get(i).path("name").asText().toUpperCase(java.util.Locale.ROOT));
            }
        }
        var columns = new Columns(header);
        for (var row : table.path("rows")) {
            var cells = new ArrayList<String>();
            if (namespaces) {
                cells.add(row.at("/object/metadata/namespace").asText());
            }
            for (int i : shown) {
                var cell = text(row.path("cells").path(i));
                boolean isName = definitions.get(i).path("format").asText().equals("name");
                cells.add(style.prefixed() && isName ? resource.prefix() + cell : cell);
            }
            columns.add(cells);
        }
        columns.print(out);
    }

    private static String text(JsonNode cell) {
        return cell.isNull() || cell.isMissingNode() ? "<none>" : cell.isValueNode() ? cell.asText() : cell.toString();
    }
}
