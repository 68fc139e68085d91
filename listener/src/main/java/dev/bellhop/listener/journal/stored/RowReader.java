package dev.bellhop.listener.journal.stored;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryPage;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;

/// Reads deliveries for workers and for people. Uses its connection for the time of each call; one call at a time.
public final class RowReader {
    private final Connection connection;
    private final Narrowing narrowing;
    private final Consumer<Found> damage;

    /// Damage that is found while people look is told to `damage`.
    public RowReader(Connection connection, Narrowing narrowing, Consumer<Found> damage) {
        this.connection = connection;
        this.narrowing = narrowing;
        this.damage = damage;
    }

    /// Conditions that a database answers from its indexes; each question mark stands for the same value.
    ///
    /// @param ofEvent for an event's id
    /// @param from    for a time in milliseconds of the epoch: not later than where deliveries accepted since begin
    /// @param to      for such a time: not earlier than where deliveries accepted before end
    /// @param ofEach  joins to each tenant `t` the rows `c` of a selection, which stands for `%s`
    public record Narrowing(String ofEvent, String from, String to, String ofEach) {}

    /// A delivery that is not what was written.
    public record Found(long seq, DeliveryId id, String why) {}

    /// What was read of a delivery that is to be tried.
    public sealed interface Loaded {
        record Intact(Delivery delivery) implements Loaded {}

        /// The bytes are not those that were written.
        record Corrupt(String why) implements Loaded {}
    }

    private record Row(DeliveryRow delivery, Optional<Event> event) {}

    /// The delivery of this row, with its event.
    public Loaded load(long seq) throws SQLException {
        try (var statement = prepareLoad()) {
            return load(statement, seq);
        }
    }

    /// For [#load(PreparedStatement, long)], by whoever loads many: to prepare it takes longer than to run it.
    public PreparedStatement prepareLoad() throws SQLException {
        return connection.prepareStatement(select("d.seq=?"));
    }

    /// The delivery of this row, with its event.
    public Loaded load(PreparedStatement prepared, long seq) throws SQLException {
        prepared.setLong(1, seq);
        var row = row(prepared);
        if (row.isEmpty()) {
            return new Loaded.Corrupt("the delivery is gone, or its id is not what was written");
        }
        var found = row.get().delivery();
        if (found.damage().isPresent()) {
            return new Loaded.Corrupt(found.damage().get());
        }
        var event = row.get().event();
        if (event.isEmpty()) {
            return new Loaded.Corrupt("the stored event is gone or does not match its checksum");
        }
        return found.delivery().delivery(event.get(), found.standing().attempts() + 1, found.created())
                .<Loaded>map(Loaded.Intact::new)
                .orElseGet(() -> new Loaded.Corrupt("the stored extensions cannot be read"));
    }

    private static String select(String condition) {
        return "SELECT " + DeliveryRow.COLUMNS
                + ",e.id,e.received_at,e.method,e.url,e.headers,e.deflated,e.size,e.crc,e.body,e.origin FROM "
                + DeliveryRow.TABLES + " LEFT JOIN event e ON e.seq=d.event WHERE " + condition;
    }

    private static Optional<Row> row(PreparedStatement statement) throws SQLException {
        try (var r = statement.executeQuery()) {
            if (!r.next()) {
                return Optional.empty();
            }
            var delivery = DeliveryRow.read(r);
            return delivery.isEmpty() ? Optional.empty() : Optional.of(new Row(delivery.get(), event(r)));
        }
    }

    private Optional<Row> row(DeliveryId id) throws SQLException {
        try (var statement = connection.prepareStatement(select("d.id=?"))) {
            statement.setString(1, id.value());
            return row(statement);
        }
    }

    private static Optional<Event> event(ResultSet r) throws SQLException {
        int first = DeliveryRow.COUNT + 1;
        var id = r.getString(first);
        var body = r.getBytes(first + 8);
        if (id == null || body == null) {
            return Optional.empty();
        }
        return new StoredEvent(id, Instant.ofEpochMilli(r.getLong(first + 1)), r.getString(first + 2),
                r.getString(first + 3), r.getString(first + 4), r.getInt(first + 5) != 0, r.getInt(first + 6),
                r.getInt(first + 7), body, r.getString(first + 9)).event();
    }

    public DeliveryPage list(DeliveryQuery query) throws SQLException {
        var found = List.<DeliveryRow>of();
        for (var listing : Listing.of(query, narrowing)) {
            found = rows(listing);
            if (found.size() > query.limit()) {
                break;
            }
        }
        found.forEach(this::tellDamage);
        boolean more = found.size() > query.limit();
        var page = (more ? found.subList(0, query.limit()) : found).stream().map(DeliveryRow::summary).toList();
        return new DeliveryPage(page, more ? Optional.of(page.getLast().id()) : Optional.empty());
    }

    private List<DeliveryRow> rows(Listing listing) throws SQLException {
        try (var statement = connection.prepareStatement(listing.sql())) {
            for (int i = 0; i < listing.values().size(); i++) {
                statement.setObject(i + 1, listing.values().get(i));
            }
            var all = new ArrayList<DeliveryRow>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    DeliveryRow.read(r).ifPresent(all::add);
                }
            }
            return all;
        }
    }

    private void tellDamage(DeliveryRow row) {
        row.damage().ifPresent(why -> damage.accept(new Found(row.seq(), row.delivery().id(), why)));
    }

    public Optional<DeliveryHistory> get(DeliveryId id) throws SQLException {
        var row = row(id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var found = row.get().delivery();
        tellDamage(found);
        if (row.get().event().isEmpty() && found.standing().state() != DeliveryState.CORRUPT) {
            damage.accept(new Found(found.seq(), id, "the stored event is gone or does not match its checksum"));
        }
        var extensions = found.delivery().isIntact() ? found.delivery().extensionTree() : Optional.<ObjectNode>empty();
        return Optional.of(new DeliveryHistory(found.summary(), row.get().event(), extensions, failures(found)));
    }

    private List<FailedTry> failures(DeliveryRow row) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT attempt,started_at,ended_at,step,why,crc FROM failure WHERE delivery=? ORDER BY attempt")) {
            statement.setLong(1, row.seq());
            var all = new ArrayList<FailedTry>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    var failed = new FailedTry(r.getInt(1), Instant.ofEpochMilli(r.getLong(2)),
                            Instant.ofEpochMilli(r.getLong(3)), r.getString(4), r.getString(5));
                    int crc = r.getInt(6);
                    if (r.wasNull() || FailedTries.isIntact(failed, crc)) {
                        all.add(failed);
                    } else {
                        var why = "what is stored of try " + failed.attempt() + " does not match its checksum";
                        damage.accept(new Found(row.seq(), row.delivery().id(), why));
                        all.add(new FailedTry(failed.attempt(), failed.startedAt(), failed.endedAt(), "journal", why));
                    }
                }
            }
            return all;
        }
    }

    /// When the oldest unfinished delivery was accepted; answered from an index.
    public Optional<Instant> oldestUnfinished() throws SQLException {
        try (var statement = connection.createStatement();
                var r = statement.executeQuery(
                        "SELECT accepted_at FROM delivery WHERE state<10 ORDER BY accepted_at LIMIT 1")) {
            return r.next() ? Optional.of(Instant.ofEpochMilli(r.getLong(1))) : Optional.empty();
        }
    }
}
