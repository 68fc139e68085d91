package dev.bellhop.engine.json;

/// Orders strings by code points, as UTF-8 bytes and Go do. Java's own order puts U+10000 and above before U+E000.
public final class CodePoints {
    private CodePoints() {}

    /// As [Comparable#compareTo].
    public static int compare(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
