package dev.bellhop.listener.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Redelivery;

/// Replays all deliveries of a namespace that a filter finds, oldest first; with `dryRun=true` it only counts them. What was
/// replayed before is left out: of a delivery, its replay, and the replay of that only the last counts.
final class BulkReplay {
    private static final int MOST = 10_000;
    private static final int PAGE = 1_000;
    private static final int MOST_LOOKED_AT = 100_000;
    /// So many requests wait for the disk together.
    private static final int TOGETHER = 256;
    /// Of so many Triggers each is asked for; of more only those who may update all of the namespace may replay.
    private static final int MOST_TRIGGERS = 20;
    private static final int MOST_REFUSALS_TOLD = 20;
    private static final Set<ShownOutcome> REPLAYABLE = Set.of(ShownOutcome.Created, ShownOutcome.Failed,
            ShownOutcome.Cancelled, ShownOutcome.Duplicate);

    private final Access access;
    private final Journal journal;

    BulkReplay(Access access, Journal journal) {
        this.access = access;
        this.journal = journal;
    }

    /// @param ids      newest first
    /// @param triggers the names of their Triggers
    /// @param replayed how many were left out because they had been replayed
    /// @param more     there are older ones beyond the limit
    private record Matched(List<DeliveryId> ids, Set<String> triggers, int replayed, boolean more) {}

    Reply answer(ApiRequest request) throws InterruptedException {
        var filter = DeliveryFilter.of(request);
        refuseWhatCannotBeReplayed(filter);
        int limit = request.query().number("limit", PAGE, MOST);
        boolean dryRun = request.query().flag("dryRun");
        var namespace = filter.namespace().orElseThrow();
        var listing = access.toTriggers(request.token(), "list", namespace);
        if (!(listing instanceof Access.Granted.Yes(var user))) {
            return listing.refusal().orElseThrow();
        }
        var matched = match(filter, limit);
        var refusal = mayUpdate(request, namespace, matched.triggers);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return dryRun ? counted(matched) : replay(matched, user);
    }

    private static void refuseWhatCannotBeReplayed(DeliveryFilter filter) {
        if (filter.outcomes().isEmpty()) {
            throw new UnusableParameter("outcome is missing: say which deliveries to replay, such as outcome=Failed");
        }
        filter.outcomes().stream().filter(outcome -> !REPLAYABLE.contains(outcome)).findFirst().ifPresent(outcome -> {
            throw new UnusableParameter(
                    "outcome='" + outcome + "' cannot be replayed: only what was accepted, is finished"
                            + " and is intact can; that is "
                            + String.join(", ", new TreeSet<>(REPLAYABLE.stream().map(Enum::name)
                                    .toList())));
        });
    }

    private Matched match(DeliveryFilter filter, int limit) {
        var ids = new ArrayList<DeliveryId>();
        var triggers = new TreeSet<String>();
        int replayed = 0;
        var query = filter.query(PAGE).orElseThrow();
        Optional<DeliveryId> next = Optional.empty();
        do {
            DeliveryQuery asked = next.isPresent() ? query.before(next.get()) : query;
            var page = journal.list(asked);
            for (var summary : page.deliveries()) {
                if (ids.size() == limit) {
                    return new Matched(ids, triggers, replayed, true);
                }
                if (wasReplayed(summary.id())) {
                    replayed++;
                } else {
                    ids.add(summary.id());
                    triggers.add(summary.trigger().name());
                }
            }
            next = page.next();
        } while (next.isPresent() && ids.size() + replayed < MOST_LOOKED_AT);
        return new Matched(ids, triggers, replayed, next.isPresent());
    }

    private boolean wasReplayed(DeliveryId id) {
        return !journal.list(DeliveryQuery.newest(1).thatReplay(id)).deliveries().isEmpty();
    }

    private Optional<Reply> mayUpdate(ApiRequest request, String namespace, Set<String> triggers) {
        var all = access.toTriggers(request.token(), "update", namespace).refusal();
        if (all.isEmpty() || triggers.isEmpty() || triggers.size() > MOST_TRIGGERS) {
            return triggers.isEmpty() ? Optional.empty() : all;
        }
        return triggers.stream()
                .flatMap(name -> access.toTrigger(request.token(), "update", namespace, name).refusal().stream())
                .findFirst();
    }

    private static Reply counted(Matched matched) {
        return Reply.json(JsonNodeFactory.instance.objectNode().put("dryRun", true)
                .put("matched", matched.ids.size()).put("alreadyReplayed", matched.replayed)
                .put("more", matched.more));
    }

    private Reply replay(Matched matched, String user) throws InterruptedException {
        var answer = JsonNodeFactory.instance.objectNode().put("dryRun", false)
                .put("matched", matched.ids.size()).put("alreadyReplayed", matched.replayed)
                .put("more", matched.more);
        int queued = 0;
        var refused = JsonNodeFactory.instance.arrayNode();
        var oldestFirst = matched.ids.reversed();
        for (int start = 0; start < oldestFirst.size(); start += TOGETHER) {
            var some = oldestFirst.subList(start, Math.min(start + TOGETHER, oldestFirst.size()));
            var asked = some.stream().map(id -> journal.replay(id, user)).toList();
            for (int i = 0; i < asked.size(); i++) {
                switch (OneDelivery.await(asked.get(i))) {
                    case Redelivery.Queued _ -> queued++;
                    // Retention was quicker.
                    case Redelivery.NotFound _ -> tell(refused, some.get(i), "it is not kept any more");
                    case Redelivery.Refused(var why) -> tell(refused, some.get(i), why);
                }
            }
        }
        answer.put("queued", queued).set("refused", refused);
        return Reply.json(answer);
    }

    private static void tell(ArrayNode refused, DeliveryId id, String why) {
        if (refused.size() < MOST_REFUSALS_TOLD) {
            refused.addObject().put("id", id.value()).put("why", why);
        }
    }
}
