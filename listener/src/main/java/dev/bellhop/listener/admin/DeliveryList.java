package dev.bellhop.listener.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
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
    /// So many times the journal is read for a page as long as nothing is found that may be seen.
    private static final int MOST_BATCHES = 10;
    /// Of more the API server is not asked whether the user may see each.
    private static final int MOST_NAMESPACES = 500;
    /// The journal keeps milliseconds.
    private static final Duration TICK = Duration.ofMillis(1);

    private final Access access;
    private final Journal journal;
    private final RecentHappenings recent;
    private final Supplier<Set<String>> namespaces;

    /// `namespaces` are those in which something is served now.
    DeliveryList(Access access, Journal journal, RecentHappenings recent, Supplier<Set<String>> namespaces) {
        this.access = access;
        this.journal = journal;
        this.recent = recent;
        this.namespaces = namespaces;
    }

    Reply answer(ApiRequest request) {
        var filter = DeliveryFilter.of(request);
        int limit = request.query().number("limit", DEFAULT_LIMIT, MOST);
        var after = request.query().text("continue").map(PageToken::read);
        var seen = seen(request, filter);
        if (seen instanceof Seen.Nothing(var refusal)) {
            return refusal;
        }
        var gone = after.flatMap(PageToken::journal).filter(id -> journal.get(id).isEmpty());
        if (gone.isPresent()) {
            return Reply.error(410, "delivery '" + gone.get() + "', where the page before ended, is not kept any more:"
                    + " begin the listing anew, without continue");
        }
        return Reply.json(page(filter, seen, limit, after));
    }

    /// What of the listing the asking user may see.
    sealed interface Seen {
        /// Everything that the filter finds.
        record All() implements Seen {}

        /// That of these namespaces.
        record Of(Set<String> namespaces) implements Seen {}

        /// No line of it.
        record Nothing(Reply refusal) implements Seen {}

        default boolean includes(ObjectName trigger) {
            return switch (this) {
                case All _ -> true;
                case Of(var namespaces) -> namespaces.contains(trigger.namespace());
                case Nothing _ -> false;
            };
        }
    }

    /// Who asks for all namespaces and may list in some only gets those.
    private Seen seen(ApiRequest request, DeliveryFilter filter) {
        var granted = access.toTriggers(request.token(), "list", filter.namespace().orElse(""));
        return switch (granted) {
            case Access.Granted.Yes _ -> new Seen.All();
            case Access.Granted.Unknown _ -> new Seen.Nothing(granted.refusal().orElseThrow());
            case Access.Granted.No _ -> {
                var own = filter.namespace().isPresent() ? Set.<String>of() : own(request);
                yield own.isEmpty() ? new Seen.Nothing(granted.refusal().orElseThrow()) : new Seen.Of(own);
            }
        };
    }

    private Set<String> own(ApiRequest request) {
        var all = namespaces.get();
        return all.size() > MOST_NAMESPACES
                ? Set.of()
                : all.stream().filter(name -> access
                        .toTriggers(request.token(), "list", name) instanceof Access.Granted.Yes)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// A page. One without lines may have a next all the same, when much of others lies in between.
    ObjectNode page(DeliveryFilter filter, Seen seen, int limit, Optional<PageToken> after) {
        if (seen instanceof Seen.Of(var only) && only.size() == 1) {
            return page(filter.in(only.iterator().next()), new Seen.All(), limit, after);
        }
        var page = batch(filter, seen, limit, after);
        for (int i = 1; i < MOST_BATCHES && page.path("items").isEmpty(); i++) {
            var next = page.path("metadata").path("continue");
            if (next.isMissingNode()) {
                break;
            }
            page = batch(filter, seen, limit, Optional.of(PageToken.read(next.asText())));
        }
        return page;
    }

    private ObjectNode batch(DeliveryFilter filter, Seen seen, int limit, Optional<PageToken> after) {
        var accepted = new ArrayDeque<DeliverySummary>();
        boolean more = accepted(filter, seen instanceof Seen.All ? limit : MOST, after, accepted);
        // One more than is shown tells whether there is a next page.
        var others = new ArrayDeque<Happening>(recent.latest(name -> filter.concerns(name) && seen.includes(name),
                happening -> filter.wants(happening) && after.map(token -> token.isBefore(happening)).orElse(true),
                limit + 1));
        var list = JsonNodeFactory.instance.objectNode();
        var metadata = list.putObject("metadata");
        var items = list.putArray("items");
        var place = after;
        // What is left in memory may be older than what was not read of the journal.
        while (items.size() < limit && !(accepted.isEmpty() && (more || others.isEmpty()))) {
            if (isNext(accepted, others)) {
                var summary = accepted.removeFirst();
                if (seen.includes(summary.trigger())) {
                    items.add(DeliveryJson.line(summary));
                }
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
