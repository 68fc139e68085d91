package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.SourcesContract;
import org.junit.jupiter.api.io.TempDir;

class SqliteSourcesTest extends SourcesContract {
    @TempDir
    Path directory;

    @Override
    protected Journal open() throws Exception {
        return SqliteJournal.open(SqliteSettings.in(directory), clock);
    }
}
