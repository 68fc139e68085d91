package dev.bellhop.listener.journal.stored;

import java.util.ArrayList;
import java.util.List;

import dev.bellhop.listener.journal.DeliveryQuery;

/// A statement that answers a [DeliveryQuery], and its values.
///
/// @param sql    selects [DeliveryRow#COLUMNS] of the newest deliveries that the query asks for, and of one more
/// @param values for its question marks
record Listing(String sql, List<Object> values) {
    /// So many are walked before another way is tried.
    private static final int WALK = 5_000;
    private static final String OF_NAME = "d.trigger_name=?";

    /// In the words of one database: the statements to try in turn until one finds more than the query's limit. What the last finds
    /// is all there is.
    static List<Listing> of(DeliveryQuery query, RowReader.Narrowing narrowing) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<>();
        query.tenant().ifPresent(tenant -> narrow(conditions, values, "d.tenant=?", tenant));
        query.trigger().ifPresent(trigger -> narrow(conditions, values, OF_NAME, trigger));
        query.event().ifPresent(event -> narrow(conditions, values, narrowing.ofEvent(), event.value()));
        if (!query.states().isEmpty()) {
            conditions.add(State.condition(query.states()));
        }
        query.from().ifPresent(from -> {
            narrow(conditions, values, "d.accepted_at>=?", from.toEpochMilli());
            // Later ones were accepted later: so the rows are walked from the newest to here and no further.
            narrow(conditions, values, narrowing.from(), from.toEpochMilli());
        });
        query.to().ifPresent(to -> {
            narrow(conditions, values, "d.accepted_at<?", to.toEpochMilli());
            narrow(conditions, values, narrowing.to(), to.toEpochMilli());
        });
        query.replayOf().ifPresent(id -> narrow(conditions, values, "d.replay_of=?", id.value()));
        query.dedupKey().ifPresent(key -> narrow(conditions, values, "d.dedup_key=?", key));
        // When it is gone, all older ones are too.
        query.before().ifPresent(id -> narrow(conditions, values, "d.seq<(SELECT seq FROM delivery WHERE id=?)",
                id.value()));
        int max = query.limit() + 1;
        if (!isOfOneNameInAllTenants(query)) {
            return List.of(new Listing(newest(DeliveryRow.COLUMNS, DeliveryRow.TABLES, conditions, "d.seq", max),
                    values));
        }
        if (State.areUnfinished(query.states())) {
            // They are few, and have an index: the sign keeps the database from walking all rows in their order.
            return List.of(new Listing(newest(DeliveryRow.COLUMNS, DeliveryRow.TABLES, conditions, "+d.seq", max),
                    values));
        }
        return List.of(amongNewest(conditions, values, max),
                newestOfEachTenant(query, conditions, values, narrowing, max));
    }

    private static void narrow(List<String> conditions, List<Object> values, String condition, Object value) {
        conditions.add(condition);
        condition.chars().filter(c -> c == '?').forEach(_ -> values.add(value));
    }

    private static boolean isOfOneNameInAllTenants(DeliveryQuery query) {
        return query.trigger().isPresent() && query.tenant().isEmpty() && query.event().isEmpty()
                && query.replayOf().isEmpty() && query.dedupKey().isEmpty();
    }

    private static String newest(String columns, String tables, List<String> conditions, String order, int max) {
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT " + columns + " FROM " + tables + where + " ORDER BY " + order + " DESC LIMIT " + max;
    }

    /// A name that is used much is found soon among the newest of all others.
    private static Listing amongNewest(List<String> conditions, List<Object> values, int max) {
        var ofAnyName = conditions.stream().filter(condition -> !condition.equals(OF_NAME)).toList();
        var all = new ArrayList<>(values);
        // It is the first condition there is, and the last now.
        all.add(all.removeFirst());
        var newest = "d.seq IN (" + newest("d.seq", "delivery d", ofAnyName, "d.seq", WALK) + ")";
        return new Listing(newest(DeliveryRow.COLUMNS, DeliveryRow.TABLES, List.of(newest, OF_NAME), "d.seq", max),
                all);
    }

    /// No index begins with the name of a Trigger: looking for a rare one would read everything. So the tenants are found first,
    /// one step in an index for each; then the newest of each tenant that has such a Trigger, among which are the newest of all.
    private static Listing newestOfEachTenant(DeliveryQuery query, List<String> conditions, List<Object> values,
            RowReader.Narrowing narrowing, int max) {
        var ofTenant = new ArrayList<>(conditions);
        ofTenant.add("d.tenant=t.tenant");
        var candidates = "d.seq IN (SELECT c.seq FROM tenants t "
                + narrowing.ofEach().formatted(newest("d.seq", "delivery d", ofTenant, "d.seq", max))
                + " WHERE EXISTS (SELECT 1 FROM delivery n WHERE n.tenant=t.tenant AND n.trigger_name=?))";
        var all = new ArrayList<>(values);
        all.add(query.trigger().orElseThrow());
        return new Listing("""
                WITH RECURSIVE tenants(tenant) AS (SELECT MIN(tenant) FROM delivery UNION ALL \
                SELECT (SELECT MIN(tenant) FROM delivery WHERE tenant>last.tenant) FROM tenants last \
                WHERE last.tenant IS NOT NULL)""" + " "
                + newest(DeliveryRow.COLUMNS, DeliveryRow.TABLES, List.of(candidates), "d.seq", max), all);
    }
}
