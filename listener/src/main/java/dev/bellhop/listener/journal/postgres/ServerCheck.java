package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the server can be what a journal needs.
final class ServerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST = 130_000;
    private static final String UTF8 = "UTF8";

    /// With these a server acknowledges what it may lose.
    private static final Map<String, Set<String>> CARELESS = Map.of("fsync", Set.of("off"), "full_page_writes",
            Set.of("off"), "synchronous_commit", Set.of("off"));

    private ServerCheck() {}

    /// Refuses a server that is too old, and a database that cannot store every text; warns of one that may lose what it acknowledged.
    static void check(Connection connection) throws SQLException {
        var version = shown(connection, "server_version_num").map(Integer::valueOf);
        if (version.isPresent() && version.get() < OLDEST) {
            throw new SQLException("the server is PostgreSQL " + shown(connection, "server_version").orElse("")
                    + ", a journal needs 13 or newer", "0A000");
        }
        var encoding = shown(connection, "server_encoding").orElse(UTF8);
        if (!encoding.equals(UTF8)) {
            throw new SQLException("the database's encoding is " + encoding + ", a journal needs " + UTF8
                    + ": CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0", "0A000");
        }
        for (var setting : CARELESS.entrySet()) {
            var value = shown(connection, setting.getKey());
            if (value.isPresent() && setting.getValue().contains(value.get())) {
                LOG.atWarn().addKeyValue("setting", setting.getKey()).addKeyValue("value", value.get())
                        .log("The database may lose events that were acknowledged; set it to on");
            }
        }
    }

    /// Other databases of this family do not know every setting.
    private static Optional<String> shown(Connection connection, String setting) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT current_setting(?,true)")) {
            statement.setString(1, setting);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }
}
