package dev.bellhop.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows of text in aligned columns, three spaces apart, as kubectl prints them.
public final class Columns {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    /// Starts with the names of the columns.
    public Columns(List<String> header) {
        rows.add(List.copyOf(header));
    }

    /// Adds a row with as many cells as the header has.
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Columns::oneLine).toList());
    }

    /// Prints header and rows.
    public void print(PrintWriter out) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i));
                if (i < widths.length - 1) {
                    line.repeat(' ', widths[i] - row.get(i).length() + GAP);
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String oneLine(String cell) {
        return cell.replaceAll("\\R", " ");
    }
}
