package dev.bellhop.apiserver.table;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/// How long ago something was, in as few letters as kubectl uses.
final class Ages {

    private Ages() {}

    static String since(String time) {
        if (time.isEmpty()) {
            return "<unknown>";
        }
        try {
            return shown(Duration.between(OffsetDateTime.parse(time).toInstant(), Instant.now()));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }

    static String shown(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return minutes + "m" + rest(seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        if (hours < 8) {
            return hours + "h" + rest(minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return days + "d" + rest(hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        return days / 365 + "y" + (days < 8 * 365 ? rest(days % 365, "d") : "");
    }

    private static String rest(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
