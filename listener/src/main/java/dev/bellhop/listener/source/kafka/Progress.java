package dev.bellhop.listener.source.kafka;

import java.util.OptionalLong;
import java.util.TreeSet;

/// How far a partition was read and kept. Records may be kept in any order; what is committed is the first that is not. Not safe
/// for several threads.
final class Progress {
    private final TreeSet<Long> underWay = new TreeSet<>();
    private long next;
    private long committed;

    /// @param next the offset that is read next
    Progress(long next) {
        this.next = next;
        committed = next;
    }

    /// A record is under way.
    void taken(long offset) {
        underWay.add(offset);
        next = offset + 1;
    }

    /// It is kept. One that is not under way changes nothing.
    void kept(long offset) {
        underWay.remove(offset);
    }

    /// What is to be committed: from there a successor would have to read. Empty if that is committed already.
    OptionalLong due() {
        long firstOpen = underWay.isEmpty() ? next : underWay.first();
        return firstOpen > committed ? OptionalLong.of(firstOpen) : OptionalLong.empty();
    }

    /// It was committed.
    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    int underWay() {
        return underWay.size();
    }
}
