package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.State;
import org.jspecify.annotations.Nullable;

/// The deliveries whose rows are lost, and whom the indexes still name. They are listed as corrupt, so that people see which.
final class LostDeliveries {
    private static final String DONE = "its row was on a damaged page of the journal and is lost; it had been finished";
    private static final String NOT_DONE = "its row was on a damaged page of the journal and is lost; it was not finished:"
            + " have the sender send the event again";

    private final RawPages pages;
    private final RawCells cells;
    private final Connection into;
    private final Map<Long, Trace> lost = new TreeMap<>();

    /// What the indexes say of one.
    private static final class Trace {
        private final List<String> ids = new ArrayList<>();
        private String tenant = "";
        private final List<List<@Nullable Object>> pairs = new ArrayList<>();
        private @Nullable Long acceptedAt;
        private boolean unfinished;

        /// The second of the pair that begins with the tenant.
        private String trigger() {
            return pairs.stream().filter(pair -> tenant.equals(pair.getFirst()))
                    .map(pair -> String.valueOf(pair.get(1)))
                    .findFirst().orElse("unknown");
        }
    }

    LostDeliveries(RawPages pages, RawCells cells, Connection into) {
        this.pages = pages;
        this.cells = cells;
        this.into = into;
    }

    /// Lists those that were found neither by [Salvage] nor before; returns how many.
    long list(Instant now) throws IOException, SQLException {
        try (var known = into.prepareStatement("SELECT 1 FROM delivery WHERE seq=?")) {
            walk((entry, seq) -> {
                if (isNamed(entry) && !exists(known, seq)) {
                    lost.computeIfAbsent(seq, _ -> new Trace()).ids.add(String.valueOf(entry.values().getFirst()));
                }
            });
        }
        if (lost.isEmpty()) {
            return 0;
        }
        walk((entry, seq) -> {
            var trace = lost.get(seq);
            if (trace != null && !isNamed(entry)) {
                note(trace, entry);
            }
        });
        return insert(now);
    }

    private interface Visitor {
        void visit(RawRow entry, long seq) throws SQLException;
    }

    /// All entries of indexes, which end with the row's number.
    private void walk(Visitor visitor) throws IOException, SQLException {
        for (int page = 1; page <= pages.count(); page++) {
            if (pages.mayHoldCells(page)) {
                for (var layout : List.of(RawCells.Layout.INDEX, RawCells.Layout.INNER_INDEX)) {
                    for (var entry : cells.of(page, layout)) {
                        if (entry.values().size() > 1 && entry.values().getLast() instanceof Long seq) {
                            visitor.visit(entry, seq);
                        }
                    }
                }
            }
        }
    }

    private static boolean isNamed(RawRow entry) {
        return entry.has(2) && entry.values().getFirst() instanceof String id && DeliveryId.read(id).isPresent();
    }

    private static boolean exists(PreparedStatement known, long seq) throws SQLException {
        known.setLong(1, seq);
        try (var r = known.executeQuery()) {
            return r.next();
        }
    }

    private static void note(Trace trace, RawRow entry) {
        var first = entry.values().getFirst();
        if (entry.has(2) && first instanceof String tenant) {
            trace.tenant = tenant;
        } else if (entry.has(2) && first instanceof Long acceptedAt) {
            trace.acceptedAt = acceptedAt;
        } else if (entry.has(3) && first instanceof String && entry.values().get(1) instanceof String) {
            trace.pairs.add(entry.values());
        } else if (entry.has(3) && first instanceof String && entry.values().get(1) instanceof Long) {
            // Only the unfinished are found by when they are due.
            trace.unfinished = true;
        }
    }

    private long insert(Instant now) throws SQLException {
        long listed = 0;
        // The listener is that of another delivery of the Trigger.
        try (var statement = into.prepareStatement(
                """
                        INSERT OR IGNORE INTO delivery(seq,event,id,tenant,trigger_name,trigger_uid,listener_namespace,\
                        listener_name,crc,accepted_at,state,due,attempts,finished_at,step,why,standing_crc) \
                        SELECT ?1,COALESCE((SELECT e.seq FROM event e WHERE e.seq<=?1 AND e.seq+e.deliveries>?1 \
                        ORDER BY e.seq DESC LIMIT 1),0),?2,?3,?4,COALESCE(d.trigger_uid,''),\
                        COALESCE(d.listener_namespace,'unknown'),COALESCE(d.listener_name,'unknown'),0,?5,?6,?7,?8,?9,?10,?11,?12 \
                        FROM (SELECT 1) LEFT JOIN (SELECT trigger_uid,listener_namespace,listener_name FROM delivery \
                        WHERE tenant=?3 AND trigger_name=?4 LIMIT 1) d ON TRUE""")) {
            for (var one : lost.entrySet()) {
                listed += insert(statement, one.getKey(), one.getValue(), now);
            }
        }
        return listed;
    }

    /// Under its own id: of a replay, another index names the original.
    private static int insert(PreparedStatement statement, long seq, Trace trace, Instant now) throws SQLException {
        var standing = Standing.ended(DeliveryState.CORRUPT, 0, now, "journal", trace.unfinished ? NOT_DONE : DONE);
        for (var id : trace.ids) {
            statement.setLong(1, seq);
            statement.setString(2, id);
            statement.setString(3, trace.tenant);
            statement.setString(4, trace.trigger());
            var acceptedAt = trace.acceptedAt;
            statement.setLong(5, acceptedAt == null ? now.toEpochMilli() : acceptedAt);
            statement.setInt(6, State.code(standing.state()));
            statement.setLong(7, standing.due());
            statement.setInt(8, standing.attempts());
            statement.setObject(9, standing.finishedAt());
            statement.setString(10, standing.step());
            statement.setString(11, standing.why());
            statement.setInt(12, standing.crc());
            if (statement.executeUpdate() > 0) {
                return 1;
            }
        }
        return 0;
    }
}
