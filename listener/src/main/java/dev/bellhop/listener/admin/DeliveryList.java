package dev.bellhop.listener.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.record.RecentHappenings;

/// What happened to each event and why, newest first, in pages: accepted deliveries from the journal, and from memory the
/// latest events that were filtered or refused, which cost no disk.
final class DeliveryList {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 1000;
    /// The journal keeps milliseconds.
    private static final Duration TICK = Duration.ofMillis(1);

    private final Access access;
    private final Journal journal;
    private final RecentHappenings recent;

    DeliveryList(Access access, Journal journal, RecentHappenings recent) {
        this.access = access;
        this.journal = journal;
        this.recent = recent;
    }

    Reply answer(ApiRequest request) {
        var filter = DeliveryFilter.of(request);
        int limit = request.query().number("limit", DEFAULT_LIMIT, MOST);
        var after = request.query().text("continue").map(PageToken::read);
        var refusal = access.toTriggers(request.token(), "list", filter.namespace().orElse("")).refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var gone = after.flatMap(PageToken::journal).filter(id -> journal.get(id).isEmpty());
        if (gone.isPresent()) {
            return Reply.error(410, "delivery '" + gone.get() + "', where the page before ended, is not kept any more:"
                    + " begin the listing anew, without continue");
        }
        return Reply.json(page(filter, limit, after));
    }

    ObjectNode page(DeliveryFilter filter, int limit, Optional<PageToken> after) {
        var accepted = new ArrayDeque<DeliverySummary>();
        boolean more = accepted(filter, limit, after, accepted);
        // One more than is shown tells whether there is a next page.
        var others = new ArrayDeque<Happening>(recent.latest(filter::concerns,
                happening -> filter.wants(happening) && after.map(token -> token.isBefore(happening)).orElse(true),
                limit + 1));
        var list = JsonNodeFactory.instance.objectNode();
        var metadata = list.putObject("metadata");
        var items = list.putArray("items");
        var place = after;
        while (items.size() < limit && !(accepted.isEmpty() && others.isEmpty())) {
            if (isNext(accepted, others)) {
                var summary = accepted.removeFirst();
                items.add(DeliveryJson.line(summary));
                place = Optional.of(new PageToken(summary.acceptedAt(), Optional.of(summary.id()), Optional.empty()));
            } else {
                var happening = others.removeFirst();
                items.add(DeliveryJson.line(happening));
                place = Optional.of(new PageToken(happening.at(), place.flatMap(PageToken::journal),
                        Optional.of(PageToken.key(happening))));
            }
        }
        if (more || !accepted.isEmpty() || !others.isEmpty()) {
            place.ifPresent(token -> metadata.put("continue", token.write()));
        }
        return list;
    }

    /// Whether the next line is one of the journal. At the same instant those from memory go first: so a page that ends
    /// with a line of the journal has shown all of that instant.
    private static boolean isNext(Deque<DeliverySummary> accepted, Deque<Happening> others) {
        return !accepted.isEmpty()
                && (others.isEmpty() || accepted.getFirst().acceptedAt().isAfter(others.getFirst().at()));
    }

    /// Reads the journal's part of a page; whether it has more.
    private boolean accepted(DeliveryFilter filter, int limit, Optional<PageToken> after,
            Deque<DeliverySummary> into) {
        var query = filter.query(limit);
        if (query.isEmpty()) {
            return false;
        }
        var wanted = query.get();
        if (after.isPresent()) {
            Optional<DeliveryId> last = after.get().journal();
            wanted = last.isPresent() ? wanted.before(last.get()) : wanted.to(end(filter, after.get().time()));
        }
        var page = journal.list(wanted);
        into.addAll(page.deliveries());
        return page.next().isPresent();
    }

    private static Instant end(DeliveryFilter filter, Instant last) {
        var end = last.plus(TICK);
        return filter.to().filter(to -> to.isBefore(end)).orElse(end);
    }
}
