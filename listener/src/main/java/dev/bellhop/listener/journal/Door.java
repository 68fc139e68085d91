package dev.bellhop.listener.journal;

import dev.bellhop.api.ObjectName;

/// Where an event came in: the object that a team or an admin wrote to let it in.
public record Door(Kind kind, ObjectName name) {
    /// What doors there are.
    public enum Kind {
        /// Senders post to it.
        EVENT_LISTENER("EventListener"),
        /// It fetches, watches or waits by itself.
        EVENT_SOURCE("EventSource");

        private final String spelled;

        Kind(String spelled) {
            this.spelled = spelled;
        }
    }

    /// An EventListener.
    public static Door listener(ObjectName name) {
        return new Door(Kind.EVENT_LISTENER, name);
    }

    /// An EventSource.
    public static Door source(ObjectName name) {
        return new Door(Kind.EVENT_SOURCE, name);
    }

    /// What the field is called that names it in JSON which people and programs read: `listener` or `eventSource`.
    public String field() {
        return switch (kind) {
            case EVENT_LISTENER -> "listener";
            case EVENT_SOURCE -> "eventSource";
        };
    }

    /// How messages name it: `EventSource team-a/orders`.
    @Override
    public String toString() {
        return kind.spelled + " " + name;
    }
}
