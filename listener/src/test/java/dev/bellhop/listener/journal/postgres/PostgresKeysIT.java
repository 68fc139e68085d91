package dev.bellhop.listener.journal.postgres;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.KeysContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresKeysIT extends KeysContract {
    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

    @Override
    protected Journal open() throws Exception {
        return PostgresJournal.open(PostgresServer.settings(database.url()), new OwnTime(clock));
    }
}
