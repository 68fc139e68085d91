package dev.bellhop.listener.journal.postgres;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.RequestsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRequestsIT extends RequestsContract {
    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

    @Override
    protected Journal open() throws Exception {
        return PostgresJournal.open(PostgresServer.settings(database.url()), new OwnTime(clock));
    }
}
