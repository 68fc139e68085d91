package dev.bellhop.listener.journal.postgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A database of each test's own, on the server of the test run.
final class EmptyDatabase implements BeforeEachCallback {
    private @Nullable String url;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        url = PostgresServer.shared(context).newDatabase();
    }

    String url() {
        var made = url;
        if (made == null) {
            throw new IllegalStateException("no test runs");
        }
        return made;
    }
}
