package dev.bellhop.bench.send;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was sent and what was answered, by the IDs in the bodies.
///
/// @param acknowledged answered with 2xx: these the listener has promised
/// @param refused      answered otherwise, with what: the sender knows that nothing came of these
public record Ledger(Set<String> sent, Set<String> acknowledged, Map<String, Refusal> refused) {
    /// An answer other than 2xx.
    ///
    /// @param saysWhen it has `Retry-After`
    public record Refusal(int status, boolean saysWhen) {}

    /// How it comes out.
    ///
    /// @param created        IDs of which at least one object exists
    /// @param lost           acknowledged, and not created
    /// @param doubled        IDs of which several objects exist
    /// @param unacknowledged created although the sender had no 2xx: accepted, but killed before the answer got out
    public record Sums(long sent, long acknowledged, long created, long lost, long doubled, long unacknowledged) {
        /// Of nothing.
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

        /// Both together.
        public Sums plus(Sums other) {
            return new Sums(sent + other.sent, acknowledged + other.acknowledged, created + other.created,
                    lost + other.lost,
                    doubled + other.doubled, unacknowledged + other.unacknowledged);
        }

        /// Whether everything acknowledged exists exactly once.
        public boolean keptWord() {
            return lost == 0 && doubled == 0;
        }
    }

    /// How often each status was the refusal, such as `503 × 12`.
    public String refusals() {
        return refused.isEmpty()
                ? "none"
                : refused.values().stream()
                        .collect(Collectors.groupingBy(Refusal::status, TreeMap::new, Collectors.counting()))
                        .entrySet().stream().map(entry -> entry.getKey() + " × " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /// Compares with what exists: how many objects there are of each ID.
    public Sums compare(Map<String, Long> existing) {
        var created = new HashSet<>(sent);
        created.retainAll(existing.keySet());
        return new Sums(sent.size(), acknowledged.size(), created.size(),
                acknowledged.stream().filter(id -> !existing.containsKey(id)).count(),
                created.stream().filter(id -> existing.getOrDefault(id, 0L) > 1).count(),
                created.stream().filter(id -> !acknowledged.contains(id)).count());
    }

    /// How many were refused with this status.
    public long refused(int status) {
        return refused.values().stream().filter(refusal -> refusal.status() == status).count();
    }

    /// How many were told to come again, but not when.
    public long refusedWithoutWhen() {
        return refused.values().stream()
                .filter(refusal -> (refusal.status() == 429 || refusal.status() == 503) && !refusal.saysWhen()).count();
    }

    /// How many had no answer at all: the sender cannot know what came of these.
    public long unanswered() {
        return (long) sent.size() - acknowledged.size() - refused.size();
    }

    /// Both together.
    public Ledger plus(Ledger other) {
        var allSent = new HashSet<>(sent);
        allSent.addAll(other.sent);
        var allAcknowledged = new HashSet<>(acknowledged);
        allAcknowledged.addAll(other.acknowledged);
        var allRefused = new HashMap<>(refused);
        allRefused.putAll(other.refused);
        return new Ledger(allSent, allAcknowledged, allRefused);
    }
}
