package dev.bellhop.listener.journal.postgres;

import java.time.Duration;
import java.util.function.Function;

import dev.bellhop.listener.journal.RetentionLimits;

/// Where a journal is and how it is used.
///
/// @param url            `jdbc:postgresql://…`, without a password; may name several hosts, of which the primary is used
/// @param login          asked before every connection
/// @param replica        names this process for people who look into the database
/// @param maxQueuedBytes refuse appends when so much waits for the database
/// @param handOverBytes  keep about so much of accepted events in memory for the workers; the rest is read back
/// @param commitPatience answer an append with "unavailable" when the database takes longer
/// @param lease          after so long without a sign of life of a replica, others take over its work
/// @param retention      how long finished deliveries of a tenant are kept; asked again and again, so it may change
public record PostgresSettings(String url, Login.Source login, String replica, long maxQueuedBytes,
        long handOverBytes, Duration commitPatience, Duration lease, Function<String, RetentionLimits> retention) {
    private static final String PREFIX = "jdbc:postgresql:";

    public PostgresSettings {
        if (!isUrl(url)) {
            throw new IllegalArgumentException("a journal's URL must begin with " + PREFIX + "//");
        }
        if (hasPassword(url)) {
            throw new IllegalArgumentException("a journal's URL must not hold a password: it may be logged");
        }
    }

    /// Sizes for a process of some hundred megabytes.
    public static PostgresSettings at(String url, Login.Source login, String replica) {
        return new PostgresSettings(url, login, replica, 64 << 20, 32 << 20, Duration.ofSeconds(3),
                Duration.ofSeconds(15), _ -> RetentionLimits.DEFAULT);
    }

    /// The same with a retention that may differ between tenants.
    public PostgresSettings keeping(Function<String, RetentionLimits> differently) {
        return new PostgresSettings(url, login, replica, maxQueuedBytes, handOverBytes, commitPatience, lease,
                differently);
    }

    /// Whether this names a PostgreSQL database.
    public static boolean isUrl(String url) {
        return url.startsWith(PREFIX + "//");
    }

    /// Whether this tells a password to everyone who sees the command line.
    public static boolean hasPassword(String url) {
        var parts = url.split("\\?", 2);
        return parts[0].contains("@") || (parts.length > 1 && parts[1].matches("(?is).*password=.*"));
    }

    /// The URL without its parameters, for the log.
    String place() {
        return url.replaceFirst("\\?.*", "");
    }
}
