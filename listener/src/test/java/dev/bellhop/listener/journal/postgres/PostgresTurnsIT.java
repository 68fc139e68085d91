package dev.bellhop.listener.journal.postgres;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.TurnsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTurnsIT extends TurnsContract {
    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

    @Override
    protected Journal open() throws Exception {
        return PostgresJournal.open(PostgresServer.settings(database.url()), new OwnTime(clock));
    }
}
