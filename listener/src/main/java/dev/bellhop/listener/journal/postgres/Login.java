package dev.bellhop.listener.journal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Who we are to the database. Prints no password.
public record Login(Optional<String> user, Optional<String> password) {
    /// As told by the URL, and by what the driver finds itself, such as `~/.pgpass`.
    public static final Source NONE = () -> new Login(Optional.empty(), Optional.empty());

    /// Asked before every connection, so that a password may change while we run.
    public interface Source {
        /// The login of now.
        Login read() throws IOException;
    }

    /// From the files `username` and `password` of a directory, as a mounted Secret has them; either may be missing.
    public static Source inDirectory(Path directory) {
        return () -> new Login(file(directory.resolve("username")), file(directory.resolve("password")));
    }

    /// From `BELLHOP_JOURNAL_USER` and `BELLHOP_JOURNAL_PASSWORD`; either may be missing.
    public static Source inEnvironment(Map<String, String> environment) {
        var login = new Login(Optional.ofNullable(environment.get("BELLHOP_JOURNAL_USER")),
                Optional.ofNullable(environment.get("BELLHOP_JOURNAL_PASSWORD")));
        return () -> login;
    }

    private static Optional<String> file(Path path) throws IOException {
        return Files.exists(path) ? Optional.of(Files.readString(path).stripTrailing()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "Login[" + user.orElse("") + ", ***]";
    }
}
