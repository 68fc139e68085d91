package dev.bellhop.listener.journal.postgres;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.event.Origin;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.SourcesContract;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSourcesIT extends SourcesContract {
    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

    /// Twice: a database may stop half-way without undoing what it did.
    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE event DROP COLUMN origin; DROP TABLE memory;", ""})
    void keepsWhatVersion1Wrote(String undo) throws Exception {
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        journal.close();
        try (var connection = new Connections(PostgresServer.settings(database.url())).open();
                var statement = connection.createStatement()) {
            statement.execute(undo + "UPDATE journal_schema SET version=1");
        }
        journal = open();

        var delivery = claimOne();
        assertThat(delivery.event().origin()).isEqualTo(Origin.HTTP);
        assertThat(delivery.event().body().json().path("text").textValue()).isEqualTo("hello");
        Samples.await(journal.remember(new Remembered("u1", Map.of("k", Optional.of(new byte[]{1})))));
        assertThat(journal.recall("u1", "k")).isPresent();
    }

    @Override
    protected Journal open() throws Exception {
        return PostgresJournal.open(PostgresServer.settings(database.url()), new OwnTime(clock));
    }
}
