package dev.bellhop.listener.journal.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.ObjectRef;
import org.jspecify.annotations.Nullable;

/// A row of the table delivery, with its extension.
///
/// @param damage what is wrong with it; empty when it is what was written
public record DeliveryRow(long seq, long event, StoredDelivery delivery, Standing standing, Instant acceptedAt,
        List<ObjectRef> created, Optional<DeliveryId> duplicateOf, Optional<String> requestedBy, long bytes,
        Optional<String> damage) {
    /// What [#read] reads, in this order; more columns may follow.
    public static final String COLUMNS = """
            d.seq,d.event,d.id,d.listener_namespace,d.listener_name,d.tenant,d.trigger_name,d.trigger_uid,\
            d.dedup_key,d.dedup_window,d.concurrency_key,d.concurrency_policy,d.replay_of,COALESCE(x.json,''),d.crc,\
            d.state,d.due,d.attempts,d.finished_at,d.step,d.why,d.standing_crc,d.accepted_at,d.created,d.created_crc,\
            d.duplicate_of,d.requested_by,d.bytes""";
    public static final int COUNT = 28;
    public static final String TABLES = "delivery d LEFT JOIN extension x ON x.delivery=d.seq";

    /// The row where `r` stands; empty when not even its id can be read.
    public static Optional<DeliveryRow> read(ResultSet r) throws SQLException {
        var id = DeliveryId.read(r.getString(3));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var delivery = new StoredDelivery(id.get(), StoredDelivery.door(r.getString(4), r.getString(5)),
                new ObjectName(r.getString(6), r.getString(7)), r.getString(8), dedup(r), concurrency(r),
                id(r.getString(13)), r.getString(14), r.getInt(15));
        var standing = new Standing(State.of(r.getInt(16)), r.getLong(17), r.getInt(18), number(r, 19),
                r.getString(20), r.getString(21));
        var standingCrc = number(r, 22);
        var createdCrc = number(r, 25);
        var created = Refs.fromJson(r.getString(24), createdCrc == null ? null : createdCrc.intValue());
        return Optional.of(new DeliveryRow(r.getLong(1), r.getLong(2), delivery, standing,
                Instant.ofEpochMilli(r.getLong(23)), created.orElse(List.of()), id(r.getString(26)),
                Optional.ofNullable(r.getString(27)), r.getLong(28),
                damage(delivery, r.getInt(16), standing, standingCrc, created.isPresent())));
    }

    private static Optional<String> damage(StoredDelivery delivery, int state, Standing standing,
            @Nullable Long standingCrc, boolean createdIsIntact) {
        if (state == State.CORRUPT) {
            // Known already, and why is told.
            return Optional.empty();
        }
        if (!delivery.isIntact() || delivery.extensionTree().isEmpty()) {
            return Optional.of("the stored delivery does not match its checksum");
        }
        if (state != State.code(standing.state()) || (standingCrc != null && standingCrc != standing.crc())) {
            return Optional.of("where the delivery stands does not match its checksum");
        }
        return createdIsIntact
                ? Optional.empty()
                : Optional.of("the stored list of created objects does not match its checksum");
    }

    private static Optional<DedupKey> dedup(ResultSet r) throws SQLException {
        var key = r.getString(9);
        // What no one wrote is a flipped bit; the checksum tells.
        return key == null || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new DedupKey(key, Duration.ofMillis(Math.max(1, r.getLong(10)))));
    }

    private static Optional<Concurrency> concurrency(ResultSet r) throws SQLException {
        var key = r.getString(11);
        return key == null || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new Concurrency(key, policy(r.getInt(12))));
    }

    private static Concurrency.Policy policy(int code) {
        return switch (code) {
            case 1 -> Concurrency.Policy.CANCEL_OLDER;
            case 2 -> Concurrency.Policy.DROP_NEWER;
            default -> Concurrency.Policy.QUEUE;
        };
    }

    public static int code(Concurrency.Policy policy) {
        return switch (policy) {
            case QUEUE -> 0;
            case CANCEL_OLDER -> 1;
            case DROP_NEWER -> 2;
        };
    }

    private static Optional<DeliveryId> id(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(DeliveryId::read);
    }

    private static @Nullable Long number(ResultSet r, int column) throws SQLException {
        long value = r.getLong(column);
        return r.wasNull() ? null : value;
    }

    /// As one line of a listing. What is damaged is listed as corrupt.
    public DeliverySummary summary() {
        var state = damage.isPresent() ? DeliveryState.CORRUPT : standing.state();
        var finishedAt = Optional.ofNullable(standing.finishedAt()).map(Instant::ofEpochMilli);
        return new DeliverySummary(delivery.id(), acceptedAt, delivery.door(), delivery.trigger(), state,
                standing.attempts(),
                standing.state().isFinished() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(standing.due())),
                finishedAt, damage.isPresent() ? Optional.of("journal") : Optional.ofNullable(standing.step()),
                damage.or(() -> Optional.ofNullable(standing.why())), created, delivery.dedup().map(DedupKey::value),
                duplicateOf, delivery.replayOf(), requestedBy);
    }
}
