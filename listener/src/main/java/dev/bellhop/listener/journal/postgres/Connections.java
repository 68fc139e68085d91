package dev.bellhop.listener.journal.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Opens connections to the primary. A host that does not answer is given up within seconds: another may have taken over.
final class Connections {
    private final PostgresSettings settings;

    Connections(PostgresSettings settings) {
        this.settings = settings;
    }

    /// A new connection, each statement a transaction of its own.
    Connection open() throws SQLException {
        var properties = new Properties();
        // What the URL says of these goes before.
        properties.setProperty("targetServerType", "primary");
        // For so long a host that was a standby is not asked again whether it is the primary now.
        properties.setProperty("hostRecheckSeconds", "1");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "bellhop " + settings.replica());
        try {
            var login = settings.login().read();
            login.user().ifPresent(user -> properties.setProperty("user", user));
            login.password().ifPresent(password -> properties.setProperty("password", password));
        } catch (IOException e) {
            throw new SQLException("the login for " + settings.place() + " cannot be read: " + e.getMessage(), "28000",
                    e);
        }
        return DriverManager.getConnection(settings.url(), properties);
    }
}
