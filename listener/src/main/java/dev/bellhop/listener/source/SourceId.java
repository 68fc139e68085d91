package dev.bellhop.listener.source;

import dev.bellhop.api.ObjectName;

/// An EventSource object and what it brings.
///
/// @param uid  tells it from a later one of the same name; its memory goes by it
/// @param kind of its source, such as `cron`
public record SourceId(ObjectName name, String uid, String kind) {
    @Override
    public String toString() {
        return kind + " EventSource " + name;
    }
}
